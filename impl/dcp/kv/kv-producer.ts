import { type Clock, systemClock } from "../../runtime/clock.ts"
import { StreamEndReason, VBucketState } from "../mcbp/index.ts"
import { defaultControls } from "./control-negotiation.ts"
import type { KvConnection } from "./kv-connection.ts"
import { KvEndpoint, type KvOptions } from "./kv-endpoint.ts"
import type { ProducerMisbehaviours } from "./producer-misbehaviours.ts"
import { type ProducerNode, ProducerRole } from "./producer-role.ts"
import { type VBucketStart, VBucketTable } from "./vbucket.ts"

/** What a kv producer can be told. */
export interface KvProducerOptions extends KvOptions {
  /** The vBuckets of the node, active unless told otherwise. */
  readonly vbuckets?: Readonly<Record<number, VBucketStart>>
  /** CONTROL parameters that are accepted; all that our consumer offers unless told. */
  readonly controls?: readonly string[]
}

/** A stream that a producer sends. */
export interface OpenActiveStream {
  readonly connection: number
  readonly vbucket: number
  /** As the headers of its messages spell it, read big-endian. */
  readonly opaque: number
  readonly isTakeover: boolean
}

/** The kv node whose changes a proxy fetches: the producing end of DCP, on real sockets. */
export class KvProducer extends KvEndpoint<ProducerMisbehaviours, ProducerRole> {
  readonly vbuckets: VBucketTable
  readonly #node: Omit<ProducerNode, "bite">
  readonly #clock: Clock
  #cancelNoop: () => void = () => {}

  constructor(options: KvProducerOptions = {}) {
    super("producer", options)
    this.vbuckets = new VBucketTable(options.vbuckets ?? {}, VBucketState.Active)
    this.#clock = options.clock ?? systemClock
    this.#node = {
      vbuckets: this.vbuckets,
      controls: new Set(options.controls ?? defaultControls.map(([key]) => key)),
      takenOver: (vbucket, by) => {
        this.#changeState(vbucket, VBucketState.Dead, by)
        this.poke(by)
      },
      isOn: (name, vbucket) => this.switches.isOn(name, vbucket)
    }
  }

  /** The streams of all connections. */
  get openStreams(): readonly OpenActiveStream[] {
    return this.roles.flatMap(({ connectionId: connection, streams }) =>
      streams.map(({ vbucket, opaque, isTakeover }) => ({ connection, vbucket, opaque, isTakeover }))
    )
  }

  /** Ends the streams of a vBucket for a reason of `StreamEndReason`, or any other number. */
  endStream(vbucket: number, reason: number): void {
    for (const role of this.roles) role.endStream(vbucket, reason)
    this.poke()
  }

  /** Sets the state of a vBucket, making it if it is missing; streams of one that is no longer active end. */
  setVBucketState(vbucket: number, state: number): void {
    this.#changeState(vbucket, state)
    this.poke()
  }

  /** Adds a change to a vBucket and sends it on every stream of it; returns its seqno. */
  put(vbucket: number, key: string, value: string): bigint {
    const target = this.vbuckets.get(vbucket)
    if (target === undefined) throw new RangeError(`there is no vBucket ${vbucket}`)
    const seqno = target.highSeqno + 1n
    const encoder = new TextEncoder()
    target.append({ seqno, key: encoder.encode(key), value: encoder.encode(value) })
    this.poke()
    return seqno
  }

  /** Sends a NOOP to every consumer that has asked for them. */
  sendNoop(): void {
    for (const role of this.roles) role.sendNoop()
    this.poke()
  }

  /** Sends NOOPs at an interval of the endpoint's clock, until told another or closed; 0 ends it. */
  sendNoopEvery(milliseconds: number): void {
    this.#cancelNoop()
    this.#cancelNoop = () => {}
    if (milliseconds === 0) return
    this.#cancelNoop = this.#clock.setTimer(milliseconds, () => {
      this.sendNoop()
      this.sendNoopEvery(milliseconds)
    })
  }

  /** NOOPs that consumers have left unanswered so far. */
  get unansweredNoops(): number {
    return this.roles.reduce((sum, role) => sum + role.unansweredNoops, 0)
  }

  override close(): Promise<void> {
    this.#cancelNoop()
    return super.close()
  }

  protected override createRole(connection: KvConnection): ProducerRole {
    return new ProducerRole(connection, {
      ...this.#node,
      bite: (name, vbucket) => this.bite(connection, name, vbucket)
    })
  }

  /** A takeover keeps its own stream when it makes the vBucket dead; all others end. */
  #changeState(vbucket: number, state: number, takeover?: ProducerRole): void {
    if (!this.vbuckets.setState(vbucket, state) || state === VBucketState.Active) return
    for (const role of this.roles) if (role !== takeover) role.endStream(vbucket, StreamEndReason.StateChanged)
  }
}
