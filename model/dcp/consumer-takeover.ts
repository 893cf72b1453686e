/** Takeover: a stream that moves the ownership of a vBucket (dossier 2.1, 2.2, 2.3, 2.6). */
import { Effect } from "effect"
import type { CrashReason, Packet, ProducerCast } from "../../spec/dcp/messages.ts"
import type { CallId, VBucket } from "../../spec/ids.ts"
import { become } from "../kernel/role.ts"
import { addStream, type ConsumerStep, forward, reply, unexpectedEnd, unrecognized } from "./consumer-outputs.ts"
import { type ConsumerConnection, idle, notOpen, type Takeover } from "./consumer-state.ts"
import type { Variant } from "./variants.ts"

/** vBucket state active, as SET_VBUCKET_STATE carries it. */
const active = 1

/**
 * Take a vBucket over.
 * Enabled when idle; refused otherwise. Rejected where the stream is open: it must be closed first (S16).
 */
export const takeover = (connection: ConsumerConnection, call: CallId, vbucket: VBucket): ConsumerStep => {
  if (connection.activity._tag !== "Idle") return become(connection, reply(call, { _tag: "Refused" }))
  if (connection.partitions.includes(vbucket)) return become(connection, reply(call, { _tag: "TakeoverOnOpenStream" }))
  const activity: Takeover = {
    _tag: "Takeover",
    owner: call,
    vbucket,
    progress: "requested",
    opaque: null,
    asked: null,
    acknowledged: false
  }
  return become({ ...connection, activity }, addStream(vbucket, true))
}

/** The takeover's ADD_STREAM was answered. Crashes on another opaque (S8). */
export const takeoverAddAnswered = (
  connection: ConsumerConnection,
  takeover: Takeover,
  response: Extract<Packet, { _tag: "AddStreamResponse" }>
): ConsumerStep => {
  if ((response.opaque as number) !== takeover.vbucket) return unrecognized(response.opaque)
  if (response.status !== 0)
    return become(
      { ...connection, activity: idle },
      reply(takeover.owner, { _tag: "DcpError", status: response.status })
    )
  return answerIfDone(connection, { ...takeover, acknowledged: true })
}

/** The STREAM_REQ passes: it tells the stream's opaque (MB-10465). Crashes when it is for another vBucket. */
export const streamRequested = (
  connection: ConsumerConnection,
  takeover: Takeover,
  request: Extract<Packet, { _tag: "StreamRequest" }>
): ConsumerStep =>
  request.vbucket === takeover.vbucket
    ? become(
        { ...connection, activity: { ...takeover, progress: "opaqueKnown", opaque: request.opaque } },
        forward(request)
      )
    : Effect.fail<CrashReason>({ _tag: "BadMatch" })

/** The kv consumer confirmed the state that the producer asked for. */
export const stateConfirmed = (
  connection: ConsumerConnection,
  takeover: Takeover,
  response: Extract<Packet, { _tag: "SetVBucketStateResponse" }>
): ConsumerStep => {
  if (response.opaque !== takeover.opaque || response.status !== 0) return become(connection, forward(response))
  const confirmed: Takeover =
    takeover.asked === active ? { ...takeover, progress: "active" } : { ...takeover, asked: null }
  return Effect.mapEager(answerIfDone(connection, confirmed), ({ state, outputs }) => ({
    state,
    outputs: [...outputs, forward(response)]
  }))
}

/** The producer asked for a state of the vBucket; the answer will tell that it is so. */
export const stateSeen = (
  connection: ConsumerConnection,
  takeover: Takeover,
  seen: Extract<ProducerCast, { _tag: "SetVBucketStateSeen" }>
): ConsumerStep =>
  takeover.progress === "opaqueKnown" && takeover.asked === null && takeover.opaque === seen.opaque
    ? become({ ...connection, activity: { ...takeover, asked: seen.state } })
    : become(connection)

/** The takeover's own stream ended before the takeover was answered (M35). */
export const takeoverEnded = (
  connection: ConsumerConnection,
  takeover: Takeover,
  end: Extract<ProducerCast, { _tag: "ProducerStreamEnd" }>,
  variant: Variant
): ConsumerStep => {
  if (variant.endOfTakeover === "ignored") return become(notOpen(connection, end.vbucket))
  const givesUp = variant.endPolicy === "crash" || variant.endPolicy === "errorOrCrash"
  if (!takeover.acknowledged && givesUp) return unexpectedEnd(end.vbucket)
  return become({ ...connection, activity: idle }, reply(takeover.owner, { _tag: "TakeoverEnded", reason: end.reason }))
}

/** Answer when the stream is acknowledged and active is confirmed, in either order (MB-10779). */
const answerIfDone = (connection: ConsumerConnection, takeover: Takeover): ConsumerStep =>
  takeover.acknowledged && takeover.progress === "active"
    ? become({ ...connection, activity: idle }, reply(takeover.owner, { _tag: "Ok" }))
    : become({ ...connection, activity: takeover })
