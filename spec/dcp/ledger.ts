/**
 * What an observer of one consumer connection knows: what was asked, what is owed, and how each stream stands.
 *
 * It follows what the connection was told and what it said, never what it thinks. `follow.ts` keeps it up to date.
 */
import type { CallId, Opaque, VBucket } from "../ids.ts"
import type { Failure, Request } from "./messages.ts"

/** One incarnation of a stream: one ADD_STREAM, named by the opaque of the first STREAM_REQ that passes after it. */
export interface Stream {
  readonly vbucket: VBucket
  /** Null until the STREAM_REQ passed. An end is current only if it carries this opaque. */
  readonly opaque: Opaque | null
  /** adding: not acknowledged. open: acknowledged. ended: a current STREAM_END was delivered. */
  readonly phase: "adding" | "open" | "ended"
  /** The end came before the acknowledgement. */
  readonly early: boolean
  /** A takeover stream never counts as open. */
  readonly takeover: boolean
}

/** The call whose reply is deferred. */
export interface Operation {
  readonly call: CallId
  readonly request: Request
  /** What the caller wants open when it is told ok. */
  readonly wanted: ReadonlyArray<VBucket>
  /** Streams that were open when the call began and that it drops. */
  readonly dropped: ReadonlyArray<VBucket>
  /** Successful answers to the closes of this call. */
  readonly closedAtConsumer: ReadonlyArray<VBucket>
  readonly closedAtProducer: ReadonlyArray<VBucket>
  /** Everything that went wrong so far, sorted. */
  readonly failures: ReadonlyArray<Failure>
  /** Answers to closes that are no success and no failure either: the stream was gone already (S12). */
  readonly tolerated: ReadonlyArray<Failure>
  /** Takeover only: the ADD_STREAM was acknowledged, the state last asked for, and whether active was confirmed. */
  readonly acknowledged: boolean
  readonly asked: number | null
  readonly active: boolean
}

export interface Ledger {
  readonly alive: boolean
  /** A shut was answered: nothing may happen any more. */
  readonly shut: boolean
  readonly operation: Operation | null
  /** Requests that were sent and not answered, by vBucket. */
  readonly owed: {
    readonly add: ReadonlyArray<VBucket>
    /** ADD_STREAM whose stream was closed meanwhile: it may be answered or not. */
    readonly late: ReadonlyArray<VBucket>
    readonly close: ReadonlyArray<VBucket>
    readonly closeOnProducer: ReadonlyArray<VBucket>
  }
  readonly streams: ReadonlyArray<Stream>
  /** What the connection was last seen to believe open; null when nobody looked. */
  readonly believed: ReadonlyArray<VBucket> | null
}

export const unconnected: Ledger = {
  alive: true,
  shut: false,
  operation: null,
  owed: { add: [], late: [], close: [], closeOnProducer: [] },
  streams: [],
  believed: null
}

/** Statuses that mean the stream is gone, which is what a close wants: success, no such key, and the v7 no such stream. */
export const closeSucceeded = (status: number): boolean => status === 0x00 || status === 0x01 || status === 0x0a

export const streamOf = (ledger: Ledger, vbucket: number): Stream | undefined =>
  ledger.streams.find((stream) => stream.vbucket === vbucket)

/** vBuckets whose stream is open in the sense of S4, in order. */
export const openStreams = (ledger: Ledger): ReadonlyArray<VBucket> =>
  ledger.streams.filter((stream) => stream.phase === "open" && !stream.takeover).map((stream) => stream.vbucket)

/** An end is current iff it carries the opaque of the stream that has not ended yet. */
export const isCurrentEnd = (ledger: Ledger, end: { readonly vbucket: number; readonly opaque: number }): boolean => {
  const stream = streamOf(ledger, end.vbucket)
  return stream !== undefined && stream.phase !== "ended" && stream.opaque === end.opaque
}

/** A set-up, close or shut is going on: the state in which responses are awaited by opaque. */
export const inSetup = (ledger: Ledger): boolean =>
  ledger.operation !== null && ledger.operation.request._tag !== "Takeover"

/** Nothing is owed to the operation any more. A shut does not wait for the producer. */
export const nothingOwed = (ledger: Ledger): boolean =>
  ledger.owed.add.length === 0 &&
  ledger.owed.close.length === 0 &&
  (ledger.owed.closeOnProducer.length === 0 || ledger.operation?.request._tag === "ShutConnection")

/** A failure as a short text, for comparing and for telling. */
export const failureText = (failure: Failure): string =>
  failure._tag === "BadResponse"
    ? `status ${failure.status} of vb ${failure.vbucket}`
    : `end of vb ${failure.vbucket} (reason ${failure.reason})`

/** The same failures, in an order of their own. */
export const sortedFailures = (failures: ReadonlyArray<Failure>): ReadonlyArray<Failure> =>
  [...failures].sort((a, b) => (failureText(a) < failureText(b) ? -1 : failureText(a) > failureText(b) ? 1 : 0))

/** The same vBuckets, each once, in ascending order. */
export const sortedSet = (vbuckets: ReadonlyArray<VBucket>): ReadonlyArray<VBucket> =>
  [...new Set(vbuckets)].sort((a, b) => a - b)

export const without = (vbuckets: ReadonlyArray<VBucket>, vbucket: number): ReadonlyArray<VBucket> =>
  vbuckets.filter((other) => other !== vbucket)
