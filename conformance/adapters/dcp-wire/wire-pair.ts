/**
 * A complete replicator over the real wire: the kit is both memcached ends, and makes the calls.
 *
 * Nothing sleeps. Whether an input has had all its consequences is told by markers: a NOOP goes through either half to
 * the other end and arrives behind everything that was written before it, and an answered GetPartitions has been behind
 * everything in the consumer connection's mailbox.
 */
import type { ReplyValue, Request } from "../../../spec/dcp/messages.ts"
import type { PairInput, PairOutput } from "../../kit/dcp/pair-words.ts"
import type { Partitions } from "../../kit/dcp/seen-words.ts"
import type { Adapter, Reaction, Seen, Session } from "../../kit/role-under-test.ts"
import { KvEnd } from "./kv-end.ts"

/** The ports of the two kv ends on 127.0.0.1. */
export interface KvPorts {
  readonly consumer: number
  readonly producer: number
}

/** A replicator that runs: calls go to its consumer connection. */
export interface RunningReplicator {
  /** Rejects if the connection dies before it answers. */
  call(request: Request): Promise<ReplyValue>
  stop(): Promise<void> | void
}

/** Starts a replicator, and resolves once both its connections are open. */
export type Launch = (ports: KvPorts) => Promise<RunningReplicator>

/** An adapter for whatever replicator `launch` starts. A marker or a second close may take `patienceMs` before its absence is a finding. */
export const wireAdapter = (
  name: string,
  launch: Launch,
  patienceMs = 2_000
): Adapter<PairInput, PairOutput, Partitions> & { readonly role: "dcp/proxy-pair" } => ({
  name,
  way: "wire",
  role: "dcp/proxy-pair",
  start: async () => {
    const ends = await Promise.all([KvEnd.listen(), KvEnd.listen()])
    const [consumer, producer] = ends
    try {
      const replicator = await launch({ consumer: consumer.port, producer: producer.port })
      return new WireSession(replicator, consumer, producer, patienceMs)
    } catch (error) {
      for (const end of ends) end.stop()
      throw error
    }
  }
})

class WireSession implements Session<PairInput, PairOutput, Partitions> {
  private readonly replicator: RunningReplicator
  private readonly kvConsumer: KvEnd
  private readonly kvProducer: KvEnd
  private readonly patienceMs: number
  private readonly gone: Promise<void>
  private outputs: Array<Seen<PairOutput>> = []
  private markers = 0
  /** Once a shut was answered, nothing passes from the kv consumer to the kv producer any more. */
  private isShut = false
  private readonly shut: Promise<void>
  private shutAnswered: () => void = () => undefined

  constructor(replicator: RunningReplicator, kvConsumer: KvEnd, kvProducer: KvEnd, patienceMs: number) {
    this.patienceMs = patienceMs
    this.replicator = replicator
    this.kvConsumer = kvConsumer
    this.kvProducer = kvProducer
    this.gone = Promise.race([kvConsumer.closed, kvProducer.closed])
    this.shut = new Promise((resolve) => {
      this.shutAnswered = () => {
        this.isShut = true
        resolve()
      }
    })
  }

  async input(input: PairInput): Promise<Reaction<PairOutput, Partitions>> {
    this.outputs = []
    await this.give(input)
    const observed = await this.partitions()
    await this.fromProducer()
    await this.fromConsumer()
    await this.bothClosed()
    return { outputs: [...this.packets(), ...this.outputs, ...this.ends()], observed }
  }

  async stop(): Promise<void> {
    await this.replicator.stop()
    this.kvConsumer.stop()
    this.kvProducer.stop()
  }

  private async give(input: PairInput): Promise<void> {
    switch (input._tag) {
      case "Call":
        this.call(input)
        break
      case "FromKvConsumer":
        this.kvConsumer.write(input.packets)
        await this.fromConsumer()
        break
      case "FromKvProducer":
        this.kvProducer.write(input.packets)
        await this.fromProducer()
        break
      case "Break":
        this.kvConsumer.close()
    }
  }

  private call({ call, request }: Extract<PairInput, { readonly _tag: "Call" }>): void {
    this.replicator.call(request).then(
      (value) => {
        this.outputs.push({ _tag: "Reply", call, value })
        // A shut that is not refused is final, also where some of its closes failed.
        if (request._tag === "ShutConnection" && value._tag !== "Refused") this.shutAnswered()
      },
      // A call that exits is seen as the death of the pair.
      () => undefined
    )
  }

  /** Everything in the consumer connection's mailbox is done once this is answered. */
  private async partitions(): Promise<Partitions | null> {
    const asked = this.replicator.call({ _tag: "GetPartitions" }).then(
      (value) => (value._tag === "Partitions" ? value.vbuckets : null),
      () => null
    )
    return await Promise.race([asked, this.gone.then(() => null)])
  }

  private fromProducer(): Promise<void> {
    return this.through(this.kvProducer, this.kvConsumer, "to kv consumer")
  }

  /**
   * Behind a shut no marker comes through here. Then two rounds of the other way stand for it: a process that reads its
   * sockets in turn has looked at this one by then, and what it should not say would be seen a step later at the worst.
   */
  private async fromConsumer(): Promise<void> {
    if (!this.isShut) return this.through(this.kvConsumer, this.kvProducer, "to kv producer", this.shut)
    await this.fromProducer()
    await this.fromProducer()
  }

  /** Waits until a marker written at one end is at the other, or none can come any more. */
  private async through(from: KvEnd, to: KvEnd, channel: string, never = this.gone): Promise<void> {
    const number = ++this.markers
    const arrived = to.marker(number)
    from.writeMarker(number)
    const passed = await within(Promise.race([arrived, this.gone, never]), this.patienceMs)
    if (!passed) this.outputs.push({ _tag: "Strange", channel, what: "a NOOP does not come through" })
  }

  private async bothClosed(): Promise<void> {
    if (this.kvConsumer.isClosed || this.kvProducer.isClosed)
      await within(Promise.all([this.kvConsumer.closed, this.kvProducer.closed]), this.patienceMs)
  }

  private packets(): ReadonlyArray<Seen<PairOutput>> {
    return [
      ...this.kvConsumer.take().map((packet) => asOutput(packet, "ToKvConsumer", "to kv consumer")),
      ...this.kvProducer.take().map((packet) => asOutput(packet, "ToKvProducer", "to kv producer"))
    ]
  }

  private ends(): ReadonlyArray<Seen<PairOutput>> {
    const { isClosed } = this.kvConsumer
    if (isClosed !== this.kvProducer.isClosed)
      return [{ _tag: "Strange", channel: "crash", what: "only one of the sockets closed" }]
    return isClosed ? [{ _tag: "Closed" }] : []
  }
}

const asOutput = (
  packet: ReturnType<KvEnd["take"]>[number],
  tag: "ToKvConsumer" | "ToKvProducer",
  channel: string
): Seen<PairOutput> =>
  packet._tag === "Strange" ? { _tag: "Strange", channel, what: packet.what } : { _tag: tag, packets: [packet] }

/** Whether something happens before patience ends. */
const within = async (event: Promise<unknown>, patienceMs: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs)
  })
  try {
    return await Promise.race([event.then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}
