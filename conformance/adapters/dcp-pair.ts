/** Our proxy pair as a replicator builds it, in process: both kv ends are played on memory sockets. */
import { MemorySocket } from "../../impl/runtime/memory-socket.ts"
import type { Socket } from "../../impl/runtime/transport.ts"
import type { PairInput, PairOutput } from "../kit/dcp/pair-words.ts"
import type { Partitions } from "../kit/dcp/seen-words.ts"
import type { Adapter, Reaction, Seen, Session } from "../kit/role-under-test.ts"
import { MemoryEnd } from "./memory-end.ts"
import { type Make, type Opened, openReplicator } from "./our-replicator.ts"

export type PairAdapter = Adapter<PairInput, PairOutput, Partitions> & { readonly role: "dcp/proxy-pair" }

/** An adapter for the pair that our replicator, or a subclass of any of its parts, makes. */
export const pairAdapter = (name = "portcullis", make: Make = {}): PairAdapter => ({
  name,
  way: "in process",
  role: "dcp/proxy-pair",
  start: () => PairSession.open(make)
})

const toConsumer = "to kv consumer"
const toProducer = "to kv producer"

class PairSession implements Session<PairInput, PairOutput, Partitions> {
  private readonly opened: Opened
  private readonly kvConsumer: MemoryEnd
  private readonly kvProducer: MemoryEnd
  private outputs: Array<Seen<PairOutput>> = []

  static async open(make: Make): Promise<PairSession> {
    const [consumerSocket, kvConsumer] = MemorySocket.pair()
    const [producerSocket, kvProducer] = MemorySocket.pair()
    const connect = {
      consumer: (): Promise<Socket> => Promise.resolve(consumerSocket),
      producer: (): Promise<Socket> => Promise.resolve(producerSocket)
    }
    return new PairSession(await openReplicator(connect, make), kvConsumer, kvProducer)
  }

  private constructor(opened: Opened, kvConsumer: MemorySocket, kvProducer: MemorySocket) {
    this.opened = opened
    this.kvConsumer = new MemoryEnd(kvConsumer, toConsumer, (packets, strange) =>
      this.outputs.push({ _tag: "ToKvConsumer", packets }, ...strange)
    )
    this.kvProducer = new MemoryEnd(kvProducer, toProducer, (packets, strange) =>
      this.outputs.push({ _tag: "ToKvProducer", packets }, ...strange)
    )
  }

  async input(input: PairInput): Promise<Reaction<PairOutput, Partitions>> {
    this.outputs = []
    this.give(input)
    await this.settled()
    const ends = [this.kvConsumer.isClosed, this.kvProducer.isClosed]
    if (ends.every((closed) => closed)) this.outputs.push({ _tag: "Closed" })
    else if (ends.some((closed) => closed))
      this.outputs.push({ _tag: "Strange", channel: "crash", what: "only one of the sockets closed" })
    let observed: Partitions | null = null
    this.opened.consumer.submit({ _tag: "GetPartitions" }, (value) => {
      if (value._tag === "Partitions") observed = value.vbuckets
    })
    await this.opened.consumer.settled()
    return { outputs: this.outputs, observed }
  }

  stop(): void {
    this.opened.replicator.exit({ _tag: "Killed" })
  }

  private give(input: PairInput): void {
    switch (input._tag) {
      case "Call": {
        const { call } = input
        this.opened.consumer.submit(input.request, (value) => this.outputs.push({ _tag: "Reply", call, value }))
        break
      }
      case "FromKvConsumer":
        this.kvConsumer.write(input.packets)
        break
      case "FromKvProducer":
        this.kvProducer.write(input.packets)
        break
      case "Break":
        this.kvConsumer.close()
    }
  }

  /** The longest way: one half tells the other, that one dies, the replicator hears of it and ends the first. */
  private async settled(): Promise<void> {
    const { consumer, producer, replicator } = this.opened
    for (let round = 0; round < 3; round++) {
      await consumer.settled()
      await producer.settled()
      await replicator.settled()
    }
  }
}
