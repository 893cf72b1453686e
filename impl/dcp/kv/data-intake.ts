import {
  type BufferAck,
  type Mutation,
  plainRequest,
  SnapshotFlag,
  type SnapshotMarker,
  Status
} from "../mcbp/index.ts"
import { answer } from "./answers.ts"
import type { PassiveStream } from "./passive-stream.ts"
import type { VBucketTable } from "./vbucket.ts"

/** Takes the data of a consumer connection into its vBuckets and keeps count of the bytes to acknowledge. */
export class DataIntake {
  readonly #vbuckets: VBucketTable
  readonly #ackAfterBytes: number
  #unackedBytes = 0

  constructor(vbuckets: VBucketTable, ackAfterBytes: number) {
    this.#vbuckets = vbuckets
    this.#ackAfterBytes = ackAfterBytes
  }

  /** Counts a packet of data, which takes up the producer's buffer whether or not there is a stream for it. */
  count(length: number): void {
    this.#unackedBytes += length
  }

  /** Begins a snapshot; a marker that asks for it is acknowledged by the stream. */
  mark(stream: PassiveStream | undefined, marker: SnapshotMarker): void {
    const vbucket = this.#vbucketOf(stream, marker.opaque)
    if (stream === undefined || vbucket === undefined) return
    vbucket.snapshot = { start: marker.startSeqno, end: marker.endSeqno }
    if ((marker.flags & SnapshotFlag.Ack) === 0) return
    stream.ready.push(answer("SnapshotMarkerResponse", marker.opaque, Status.Success))
  }

  /** Takes one change. */
  take(stream: PassiveStream | undefined, { opaque, bySeqno, key, value }: Mutation): void {
    this.#vbucketOf(stream, opaque)?.append({ seqno: bySeqno, key, value })
  }

  /** The acknowledgement of everything counted since the last one, if that is enough. */
  acknowledge(opaque: () => number): BufferAck | undefined {
    if (this.#unackedBytes < this.#ackAfterBytes) return undefined
    const ackedBytes = this.#unackedBytes
    this.#unackedBytes = 0
    return { ...plainRequest, _tag: "BufferAck", opaque: opaque(), ackedBytes }
  }

  /** Data that is not of the open stream of its vBucket goes nowhere. */
  #vbucketOf(stream: PassiveStream | undefined, opaque: number) {
    if (stream?.state !== "reading" || stream.headerOpaque !== opaque) return undefined
    return this.#vbuckets.get(stream.vbucket)
  }
}
