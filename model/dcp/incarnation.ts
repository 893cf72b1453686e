/** Which stream a STREAM_END ends: the question on which MB-53445's fix turns (dossier 7, A1). */
import type { Packet, ProducerCast } from "../../spec/dcp/messages.ts"
import { type ConsumerConnection, forget } from "./consumer-state.ts"
import type { Variant } from "./variants.ts"

type End = Extract<ProducerCast, { _tag: "ProducerStreamEnd" }>

/** Learn a stream's opaque from the first STREAM_REQ that passes after its ADD_STREAM. Only the incarnation rule does. */
export const learn = (
  connection: ConsumerConnection,
  request: Extract<Packet, { _tag: "StreamRequest" }>,
  variant: Variant
): ConsumerConnection => {
  if (variant.matchRule !== "incarnation") return connection
  const adding = connection.activity._tag === "Setup" && connection.activity.toAdd.includes(request.vbucket)
  if (!adding && !connection.partitions.includes(request.vbucket)) return connection
  if (connection.learned.some(({ vbucket }) => vbucket === request.vbucket)) return connection
  const learned = [...connection.learned, { vbucket: request.vbucket, opaque: request.opaque }]
  return { ...connection, learned: learned.sort((a, b) => a.vbucket - b.vbucket) }
}

/** Forget the incarnations of streams that are about to be added anew. */
export const forgetAll = (connection: ConsumerConnection, vbuckets: ReadonlyArray<number>): ConsumerConnection =>
  vbuckets.reduce(forget, connection)

/** Whether an end may concern the stream that its vBucket has now. Only the incarnation rule can tell a stale one. */
export const isCurrent = (connection: ConsumerConnection, end: End, variant: Variant): boolean =>
  variant.matchRule !== "incarnation" ||
  connection.learned.some(({ vbucket, opaque }) => vbucket === end.vbucket && opaque === end.opaque)

/** Whether an end hits a stream that is still being added. The shipped rule compares a stream opaque with client opaques. */
export const hitsAdd = (toAdd: ReadonlyArray<number>, end: End, variant: Variant): boolean =>
  toAdd.includes(variant.matchRule === "headerOpaque" ? end.opaque : end.vbucket)
