/** What a consumer connection knows. Source: ns_server dcp_consumer_conn.erl, record definitions; dossier 1.2. */

import type { Failure } from "../../spec/dcp/messages.ts"
import type { CallId, Opaque, VBucket } from "../../spec/ids.ts"

/** A set-up, close or shut that waits for kv. */
export interface Setup {
  readonly _tag: "Setup"
  /** Who gets the reply. */
  readonly owner: CallId
  /** What the owner wants open in the end; nothing for a shut. */
  readonly wanted: ReadonlyArray<VBucket>
  /** ADD_STREAM sent, response not seen. In the order of sending, like the two lists below. */
  readonly toAdd: ReadonlyArray<VBucket>
  /** CLOSE_STREAM sent to the kv consumer, response not seen. */
  readonly toClose: ReadonlyArray<VBucket>
  /** ADD_STREAM of streams that a shut has closed: answered or not, nobody waits for it. */
  readonly late: ReadonlyArray<VBucket>
  /** CLOSE_STREAM asked of the kv producer, response not seen. A shut does not care. */
  readonly toCloseOnProducer: ReadonlyArray<VBucket> | "ignore"
  /** What went wrong so far, newest first. */
  readonly failures: ReadonlyArray<Failure>
  /** Ended before the acknowledgement: kept by the second-list policy only, empty otherwise. */
  readonly ended: ReadonlyArray<Failure>
  /** Where to go after the reply. */
  readonly next: "Idle" | "Shut"
}

/** A takeover that waits for two things in either order: the acknowledgement, and active confirmed. */
export interface Takeover {
  readonly _tag: "Takeover"
  readonly owner: CallId
  readonly vbucket: VBucket
  /** How far the chain of SET_VBUCKET_STATE is. */
  readonly progress: "requested" | "opaqueKnown" | "active"
  /** The stream's opaque, learned from its STREAM_REQ; null before. */
  readonly opaque: Opaque | null
  /** The state last asked for by the producer and not yet confirmed. */
  readonly asked: number | null
  readonly acknowledged: boolean
}

/** The caller was told of an early end, and the response to that ADD_STREAM is still to come: nothing is begun before. */
export interface Owed {
  readonly _tag: "Owed"
  readonly vbucket: VBucket
}

export type Activity = { readonly _tag: "Idle" } | { readonly _tag: "Shut" } | Setup | Takeover | Owed

/** Which stream a vBucket's current incarnation is. */
export interface Incarnation {
  readonly vbucket: VBucket
  readonly opaque: Opaque
}

/** The state of a consumer connection. */
export interface ConsumerConnection {
  /** Streams believed open, ascending. Never holds a takeover's stream. */
  readonly partitions: ReadonlyArray<VBucket>
  /** One operation at a time (S7). */
  readonly activity: Activity
  /** The incarnation rule's memory: streams being added or open whose STREAM_REQ has passed. Empty under other rules. */
  readonly learned: ReadonlyArray<Incarnation>
}

export const idle: Activity = { _tag: "Idle" }

/** A connection that nothing has happened to. */
export const fresh: ConsumerConnection = { partitions: [], activity: idle, learned: [] }

export const withVBucket = (vbuckets: ReadonlyArray<VBucket>, vbucket: VBucket): ReadonlyArray<VBucket> =>
  vbuckets.includes(vbucket) ? vbuckets : [...vbuckets, vbucket].sort((a, b) => a - b)

export const withoutVBucket = (vbuckets: ReadonlyArray<VBucket>, vbucket: number): ReadonlyArray<VBucket> =>
  vbuckets.filter((other) => other !== vbucket)

/** Forget which incarnation a stream is. */
export const forget = (connection: ConsumerConnection, vbucket: number): ConsumerConnection => ({
  ...connection,
  learned: connection.learned.filter((incarnation) => incarnation.vbucket !== vbucket)
})

/** Believe a stream open no longer. */
export const notOpen = (connection: ConsumerConnection, vbucket: VBucket): ConsumerConnection =>
  forget({ ...connection, partitions: withoutVBucket(connection.partitions, vbucket) }, vbucket)
