/**
 * What a consumer connection is busy with: at most one operation at a time.
 *
 * Source: ns_server dcp_consumer_conn.erl, records stream_state and takeover_state; dossier 1.2.
 */
import type { Failure, ReplyValue } from "../../spec/dcp/messages.ts"
import type { Opaque, VBucket } from "../../spec/ids.ts"
import { Awaited } from "./awaited.ts"
import { clientOpaque } from "./packet-fields.ts"

/** The way back to a caller. */
export type Answer = (value: ReplyValue) => void

/** Ready for a call. */
export const idle = { _tag: "idle" } as const

/** Closed for good: the only thing left is to end. */
export const shut = { _tag: "shut" } as const

/** What the connection is busy with. */
export type Operation = typeof idle | typeof shut | Setup | Takeover

/** Lists that a set-up begins with. */
export interface SetupPlan {
  readonly toAdd: readonly VBucket[]
  readonly toClose: readonly VBucket[]
  readonly toCloseOnProducer: readonly VBucket[]
  readonly wanted: Iterable<VBucket>
  readonly next: typeof idle | typeof shut
}

/** Streams being opened and closed for one caller. */
export class Setup {
  readonly _tag = "setup"
  /** Who gets the reply; another caller once a shut has taken over. */
  owner: Answer
  /** ADD_STREAM sent, response not seen. */
  readonly toAdd: Awaited
  /** CLOSE_STREAM sent to the kv consumer, response not seen. */
  readonly toClose: Awaited
  /** ADD_STREAM of streams that a shut has closed: answered or not, nobody waits for it. */
  readonly late = new Awaited([])
  /** CLOSE_STREAM asked of the kv producer, response not seen; `ignore` once nobody waits for those. */
  toCloseOnProducer: Awaited | "ignore"
  /** The vBuckets that are to be open when the call is over; none of them is being closed. */
  wanted: ReadonlySet<VBucket>
  /** What the connection turns to after the reply. */
  next: typeof idle | typeof shut
  /** What went wrong, newest first. */
  #failures: Failure[] = []

  constructor(owner: Answer, plan: SetupPlan) {
    this.owner = owner
    this.toAdd = new Awaited(plan.toAdd)
    this.toClose = new Awaited(plan.toClose)
    this.toCloseOnProducer = new Awaited(plan.toCloseOnProducer)
    this.wanted = new Set(plan.wanted)
    this.next = plan.next
  }

  /** Notes something that went wrong. */
  fail(failure: Failure): void {
    this.#failures.unshift(failure)
  }

  /** What the owner is told: all is well, or everything that is not. */
  get result(): ReplyValue {
    return this.#failures.length === 0 ? { _tag: "Ok" } : { _tag: "Errors", failures: this.#failures }
  }
}

/** One vBucket being taken over for one caller. */
export class Takeover {
  readonly _tag = "takeover"
  readonly owner: Answer
  readonly vbucket: VBucket
  /** Progress of the stream: asked for, under way, or the kv consumer's vBucket active. */
  phase: "requested" | "opaqueKnown" | "active" = "requested"
  /** Opaque of the stream's messages, once known. */
  opaque: Opaque
  /** The state that the producer last asked for and the kv consumer has not acknowledged. */
  requestedState: number | undefined
  /** Whether ADD_STREAM was answered with success. */
  openAck = false

  constructor(owner: Answer, vbucket: VBucket) {
    this.owner = owner
    this.vbucket = vbucket
    this.opaque = clientOpaque(vbucket)
  }
}
