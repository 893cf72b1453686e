/** Our producer connection, alone and in process. */
import { ProducerConnection } from "../../impl/dcp/producer-connection.ts"
import type { ProxyOptions } from "../../impl/dcp/proxy-process.ts"
import { MemorySocket } from "../../impl/runtime/memory-socket.ts"
import type { ProducerInput, ProducerOutput } from "../../spec/dcp/messages.ts"
import type { Adapter, Reaction, Seen, Session } from "../kit/role-under-test.ts"
import { MemoryEnd } from "./memory-end.ts"
import { deathOf } from "./proxy-death.ts"

export type ProducerAdapter = Adapter<ProducerInput, ProducerOutput, never> & {
  readonly role: "dcp/producer-connection"
}

/** An adapter for the producer connection or a subclass of it. */
export const producerAdapter = (
  name = "portcullis",
  make: (options: ProxyOptions) => ProducerConnection = (options) => new ProducerConnection(options)
): ProducerAdapter => ({
  name,
  way: "in process",
  role: "dcp/producer-connection",
  start: () => new ProducerSession(make)
})

class ProducerSession implements Session<ProducerInput, ProducerOutput, never> {
  private readonly producer: ProducerConnection
  private readonly kvProducer: MemoryEnd
  private outputs: Array<Seen<ProducerOutput>> = []

  constructor(make: (options: ProxyOptions) => ProducerConnection) {
    const [socket, kvProducer] = MemorySocket.pair()
    const [partnerSocket, kvConsumer] = MemorySocket.pair()
    this.kvProducer = new MemoryEnd(kvProducer, "to kv producer", (packets, strange) => {
      for (const packet of packets) this.outputs.push({ _tag: "SendKvProducer", packet })
      this.outputs.push(...strange)
    })
    new MemoryEnd(kvConsumer, "to kv consumer", (packets, strange) => {
      if (packets.length > 0) this.outputs.push({ _tag: "ForwardKvConsumer", packets })
      this.outputs.push(...strange)
    })
    this.producer = make({ socket })
    this.producer.setPartner({ cast: (cast) => this.outputs.push({ _tag: "CastConsumer", cast }) }, partnerSocket)
    this.producer.onExit((reason) => this.outputs.push(deathOf(reason)))
  }

  input(input: ProducerInput): Promise<Reaction<ProducerOutput, never>> {
    this.outputs = []
    this.give(input)
    return this.producer.settled().then(this.reaction)
  }

  stop(): void {
    this.producer.exit({ _tag: "Killed" })
  }

  private give(input: ProducerInput): void {
    switch (input._tag) {
      case "FromKvProducer":
        this.kvProducer.write(input.packets)
        break
      case "CloseStreamCast":
        this.producer.cast(input)
        break
      case "SocketClosed":
        this.kvProducer.close()
        break
      case "Killed":
        this.producer.exit({ _tag: "Killed" })
    }
  }

  private readonly reaction = (): Reaction<ProducerOutput, never> => ({ outputs: this.outputs })
}
