/** Our consumer connection, alone and in process: real bytes on memory sockets, and nobody behind its partner. */
import { ConsumerConnection } from "../../impl/dcp/consumer-connection.ts"
import type { ProxyOptions } from "../../impl/dcp/proxy-process.ts"
import { MemorySocket } from "../../impl/runtime/memory-socket.ts"
import type { ConsumerInput, ConsumerOutput } from "../../spec/dcp/messages.ts"
import type { Partitions } from "../kit/dcp/seen-words.ts"
import type { Adapter, Reaction, Seen, Session } from "../kit/role-under-test.ts"
import { MemoryEnd } from "./memory-end.ts"
import { deathOf } from "./proxy-death.ts"

export type ConsumerAdapter = Adapter<ConsumerInput, ConsumerOutput, Partitions> & {
  readonly role: "dcp/consumer-connection"
}

/** An adapter for the consumer connection or a subclass of it. */
export const consumerAdapter = (
  name = "portcullis",
  make: (options: ProxyOptions) => ConsumerConnection = (options) => new ConsumerConnection(options)
): ConsumerAdapter => ({
  name,
  way: "in process",
  role: "dcp/consumer-connection",
  start: () => new ConsumerSession(make)
})

class ConsumerSession implements Session<ConsumerInput, ConsumerOutput, Partitions> {
  private readonly consumer: ConsumerConnection
  private readonly kvConsumer: MemoryEnd
  private outputs: Array<Seen<ConsumerOutput>> = []
  private observed: Partitions | null = null

  constructor(make: (options: ProxyOptions) => ConsumerConnection) {
    const [socket, kvConsumer] = MemorySocket.pair()
    const [partnerSocket, kvProducer] = MemorySocket.pair()
    this.kvConsumer = new MemoryEnd(kvConsumer, "to kv consumer", (packets, strange) => {
      for (const packet of packets) this.outputs.push({ _tag: "SendKvConsumer", packet })
      this.outputs.push(...strange)
    })
    new MemoryEnd(kvProducer, "to kv producer", (packets, strange) => {
      if (packets.length > 0) this.outputs.push({ _tag: "ForwardKvProducer", packets })
      this.outputs.push(...strange)
    })
    this.consumer = make({ socket })
    this.consumer.setPartner(
      { cast: ({ vbucket }) => this.outputs.push({ _tag: "CastCloseStream", vbucket }) },
      partnerSocket
    )
    this.consumer.onExit((reason) => this.outputs.push(deathOf(reason)))
  }

  input(input: ConsumerInput): Promise<Reaction<ConsumerOutput, Partitions>> {
    this.outputs = []
    this.observed = null
    this.give(input)
    this.consumer.submit({ _tag: "GetPartitions" }, this.note)
    return this.consumer.settled().then(this.reaction)
  }

  stop(): void {
    this.consumer.exit({ _tag: "Killed" })
  }

  private give(input: ConsumerInput): void {
    switch (input._tag) {
      case "Call": {
        const { call } = input
        this.consumer.submit(input.request, (value) => this.outputs.push({ _tag: "Reply", call, value }))
        break
      }
      case "FromKvConsumer":
        this.kvConsumer.write(input.packets)
        break
      case "FromProducerConnection":
        this.consumer.cast(input.cast)
        break
      case "SocketClosed":
        this.kvConsumer.close()
        break
      case "Killed":
        this.consumer.exit({ _tag: "Killed" })
    }
  }

  private readonly note = (value: { readonly _tag: string; readonly vbuckets?: Partitions }): void => {
    this.observed = value.vbuckets ?? null
  }

  private readonly reaction = (): Reaction<ConsumerOutput, Partitions> => ({
    outputs: this.outputs,
    observed: this.observed
  })
}
