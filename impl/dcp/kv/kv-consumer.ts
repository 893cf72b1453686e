import { littleEndianHostOpaque, VBucketState } from "../mcbp/index.ts"
import type { ConsumerMisbehaviours } from "./consumer-misbehaviours.ts"
import { type ConsumerNode, ConsumerRole } from "./consumer-role.ts"
import { type ControlPair, defaultControls } from "./control-negotiation.ts"
import type { KvConnection } from "./kv-connection.ts"
import { KvEndpoint, type KvOptions } from "./kv-endpoint.ts"
import { type VBucketStart, VBucketTable } from "./vbucket.ts"

/** What a kv consumer can be told. */
export interface KvConsumerOptions extends KvOptions {
  /** The vBuckets of the node, replicas unless told otherwise. */
  readonly vbuckets?: Readonly<Record<number, VBucketStart>>
  /** The CONTROL parameters that every connection negotiates, in order. */
  readonly controls?: readonly ControlPair[]
  /** Bytes of data after which they are acknowledged: 1 unless told, and less than the producer's buffer holds. */
  readonly ackAfterBytes?: number
}

/** A stream in a consumer's map. */
export interface OpenPassiveStream {
  readonly connection: number
  readonly vbucket: number
  /** As the headers of its messages spell it, read big-endian. */
  readonly opaque: number
  readonly state: "pending" | "reading" | "dead"
}

/** The kv node that replicates to itself what a proxy brings: the consuming end of DCP, on real sockets. */
export class KvConsumer extends KvEndpoint<ConsumerMisbehaviours, ConsumerRole> {
  readonly vbuckets: VBucketTable
  readonly #node: Omit<ConsumerNode, "bite">

  constructor(options: KvConsumerOptions = {}) {
    super("consumer", options)
    this.vbuckets = new VBucketTable(options.vbuckets ?? {}, VBucketState.Replica)
    this.#node = {
      vbuckets: this.vbuckets,
      controls: options.controls ?? defaultControls,
      ackAfterBytes: options.ackAfterBytes ?? 1,
      hasLiveStream: (vbucket) =>
        this.roles.some(({ streams }) => streams.some((stream) => stream.vbucket === vbucket && stream.isLive)),
      setVBucketState: (vbucket, state) => this.setVBucketState(vbucket, state),
      isOn: (name, vbucket) => this.switches.isOn(name, vbucket)
    }
  }

  /** The streams of all connections, those that are closed but not ended included. */
  get openStreams(): readonly OpenPassiveStream[] {
    return this.roles.flatMap(({ connectionId: connection, streams }) =>
      streams.map(({ vbucket, streamOpaque, state }) => {
        return { connection, vbucket, opaque: littleEndianHostOpaque(streamOpaque), state }
      })
    )
  }

  /**
   * Sets the state of a vBucket as its own node does, making the vBucket if it is missing. Active and dead vBuckets
   * take no stream: theirs are removed with everything they had to say.
   */
  setVBucketState(vbucket: number, state: number): void {
    const changed = this.vbuckets.setState(vbucket, state)
    if (!changed || state === VBucketState.Replica || state === VBucketState.Pending) return
    for (const role of this.roles) role.removeStream(vbucket)
  }

  /** Deletes a vBucket; its stream is not told. */
  deleteVBucket(vbucket: number): void {
    this.vbuckets.delete(vbucket)
  }

  protected override createRole(connection: KvConnection): ConsumerRole {
    return new ConsumerRole(connection, {
      ...this.#node,
      bite: (name, vbucket) => this.bite(connection, name, vbucket)
    })
  }
}
