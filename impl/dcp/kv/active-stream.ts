import {
  AddStreamFlag,
  type Message,
  plainRequest,
  type SetVBucketState,
  SnapshotFlag,
  type StreamRequest,
  VBucketState
} from "../mcbp/index.ts"
import type { Item, VBucket } from "./vbucket.ts"

/** How far a takeover is: data, then pending asked for, then data again, then active asked for. */
type TakeoverPhase = "sending" | "pendingAsked" | "sendingRest" | "activeAsked" | "stalled"

/** A stream as the producing side sees it. Source: kv_engine dcp/active_stream.cc. */
export class ActiveStream {
  readonly vbucket: number
  /** As the header of the STREAM_REQ spells it; every message of the stream repeats it. */
  readonly opaque: number
  readonly isTakeover: boolean
  #takeover: TakeoverPhase = "sending"
  /** The reason to end it with when a message comes after write number `afterWrite`. */
  endLater: { readonly reason: number; readonly afterWrite: number } | undefined
  /** Seqno of the last change sent. */
  #sent: bigint
  /** Seqno of the last change that a marker announced. */
  #announced: bigint

  constructor({ vbucket, opaque, flags, startSeqno }: StreamRequest) {
    this.vbucket = vbucket
    this.opaque = opaque
    this.isTakeover = (flags & AddStreamFlag.Takeover) !== 0
    this.#sent = startSeqno
    this.#announced = startSeqno
  }

  /** The next message of data: a marker when there is more than was announced, else a change; nothing if all is sent. */
  next(vbucket: VBucket): Message | undefined {
    const { vbucket: id, opaque } = this
    const high = vbucket.highSeqno
    if (this.#sent < this.#announced) {
      const item = firstAfter(vbucket.items, this.#sent)
      if (item === undefined) return undefined
      this.#sent = item.seqno
      return mutation(id, opaque, item)
    }
    if (high <= this.#announced) return undefined
    const startSeqno = this.#sent + 1n
    this.#announced = high
    const flags = SnapshotFlag.Memory
    return {
      ...plainRequest,
      _tag: "SnapshotMarker",
      version: "V1",
      vbucket: id,
      opaque,
      startSeqno,
      endSeqno: high,
      flags
    }
  }

  /** Whether everything in the vBucket has been sent. */
  isDrained(vbucket: VBucket): boolean {
    return this.#sent >= vbucket.highSeqno
  }

  /**
   * What a takeover asks for once all data is sent, if it is time to ask; `stalls` may keep it from asking for active.
   *
   * Source: dcp/active_stream.cc takeoverSendPhase.
   */
  askForState(stalls: () => boolean): SetVBucketState | undefined {
    if (!this.isTakeover) return undefined
    const { vbucket, opaque } = this
    const request = { ...plainRequest, _tag: "SetVBucketState", vbucket, opaque } as const
    if (this.#takeover === "sending") {
      this.#takeover = "pendingAsked"
      return { ...request, state: VBucketState.Pending }
    }
    if (this.#takeover !== "sendingRest") return undefined
    this.#takeover = stalls() ? "stalled" : "activeAsked"
    return this.#takeover === "stalled" ? undefined : { ...request, state: VBucketState.Active }
  }

  /**
   * Takes the consumer's word that it has set the state asked for; returns which one that was, if any.
   *
   * Source: dcp/active_stream.cc setVBucketStateAckRecieved.
   */
  stateIsSet(): "pending" | "active" | undefined {
    if (this.#takeover === "pendingAsked") {
      this.#takeover = "sendingRest"
      return "pending"
    }
    return this.#takeover === "activeAsked" ? "active" : undefined
  }
}

function mutation(vbucket: number, opaque: number, { seqno, key, value }: Item): Message {
  const metadata = { revSeqno: 1n, flags: 0, expiration: 0, lockTime: 0, nmeta: 0, nru: 0 }
  return { ...plainRequest, _tag: "Mutation", vbucket, opaque, bySeqno: seqno, ...metadata, key, value }
}

/** By bisection, since a stream asks once for each of the items. */
function firstAfter(items: readonly Item[], seqno: bigint): Item | undefined {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (items[middle]!.seqno > seqno) high = middle
    else low = middle + 1
  }
  return items[low]
}
