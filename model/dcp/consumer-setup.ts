/** Set-up, close and shut of a consumer connection (dossier 2.1, 2.2, 2.3, 2.5). */
import { Effect } from "effect"
import type { ConsumerOutput, CrashReason, Failure, Packet, ProducerCast, ReplyValue } from "../../spec/dcp/messages.ts"
import type { CallId, VBucket } from "../../spec/ids.ts"
import { become } from "../kernel/role.ts"
import {
  addStream,
  type ConsumerStep,
  closeStream,
  forward,
  reply,
  unexpectedEnd,
  unrecognized,
  vbucketOf
} from "./consumer-outputs.ts"
import {
  type ConsumerConnection,
  idle,
  notOpen,
  type Owed,
  type Setup,
  withoutVBucket,
  withVBucket
} from "./consumer-state.ts"
import { forgetAll, hitsAdd } from "./incarnation.ts"
import type { Variant } from "./variants.ts"

type Received<Tag extends Packet["_tag"]> = Extract<Packet, { _tag: Tag }>
type Told<Tag extends ProducerCast["_tag"]> = Extract<ProducerCast, { _tag: Tag }>

/**
 * Make the open streams be those of `vbuckets`.
 * Enabled when idle; refused otherwise. Sends ADD_STREAM for each that is missing, then closes each that is too many on both sides.
 */
export const setupStreams = (
  connection: ConsumerConnection,
  call: CallId,
  vbuckets: ReadonlyArray<VBucket>,
  variant: Variant
): ConsumerStep => {
  if (connection.activity._tag !== "Idle") return become(connection, reply(call, { _tag: "Refused" }))
  const wanted = variant.duplicates === "removed" ? [...new Set(vbuckets)] : vbuckets
  const start = wanted.filter((vbucket) => !connection.partitions.includes(vbucket))
  const stop = connection.partitions.filter((vbucket) => !wanted.includes(vbucket))
  if (start.length === 0 && stop.length === 0) return become(connection, reply(call, { _tag: "Ok" }))
  const activity: Setup = {
    _tag: "Setup",
    owner: call,
    wanted,
    toAdd: start,
    late: [],
    toClose: stop,
    toCloseOnProducer: stop,
    failures: [],
    ended: [],
    next: "Idle"
  }
  return become(
    { ...forgetAll(connection, start), activity },
    ...start.map((vbucket) => addStream(vbucket, false)),
    ...stop.flatMap((vbucket): Array<ConsumerOutput> => [closeStream(vbucket), { _tag: "CastCloseStream", vbucket }])
  )
}

/** Close one stream if it is open: a set-up of all others. */
export const maybeClose = (
  connection: ConsumerConnection,
  call: CallId,
  vbucket: VBucket,
  variant: Variant
): ConsumerStep => setupStreams(connection, call, withoutVBucket(connection.partitions, vbucket), variant)

/**
 * Close everything for good, at the kv consumer only (MB-16064).
 * Enabled when idle, or during a set-up, which it takes over (MB-46253); refused otherwise.
 */
export const shut = (connection: ConsumerConnection, call: CallId, variant: Variant): ConsumerStep => {
  const { activity, partitions } = connection
  if (activity._tag === "Idle" && partitions.length === 0)
    return become({ ...connection, activity: { _tag: "Shut" } }, reply(call, { _tag: "Ok" }))
  if (activity._tag === "Idle")
    return become(
      {
        ...connection,
        activity: {
          _tag: "Setup",
          owner: call,
          wanted: [],
          toAdd: [],
          late: [],
          toClose: partitions,
          toCloseOnProducer: [],
          failures: [],
          ended: [],
          next: "Shut"
        }
      },
      ...partitions.map(closeStream)
    )
  if (activity._tag === "Setup" && variant.shutWhileBusy === "takeOver")
    return shutOver(connection, activity, call, variant)
  return become(connection, reply(call, { _tag: "Refused" }))
}

const shutOver = (connection: ConsumerConnection, setup: Setup, call: CallId, variant: Variant): ConsumerStep => {
  // A second shut finds that the first has closed what was being added; shipped, it closes that again.
  const adding =
    variant.addUnderShut === "settledByClose"
      ? setup.toAdd.filter((vbucket) => !setup.toClose.includes(vbucket))
      : setup.toAdd
  const more = [...adding, ...connection.partitions.filter((vbucket) => !setup.toClose.includes(vbucket))]
  const told = variant.ownerUnderShut === "interrupted" ? [reply(setup.owner, { _tag: "Interrupted" })] : []
  const taken: Setup = {
    ...setup,
    owner: call,
    wanted: [],
    toClose: [...setup.toClose, ...more],
    toCloseOnProducer: "ignore",
    next: "Shut"
  }
  const sent = [...told, ...more.map(closeStream)]
  if (variant.shutOverNothing === "waits") return become({ ...connection, activity: taken }, ...sent)
  return Effect.mapEager(answerIfDone(connection, taken), ({ state, outputs }) => ({
    state,
    outputs: [...sent, ...outputs]
  }))
}

/** ADD_STREAM was answered. Crashes on an opaque that is not awaited (S8). */
export const setupAddAnswered = (
  connection: ConsumerConnection,
  setup: Setup,
  response: Received<"AddStreamResponse">,
  variant: Variant
): ConsumerStep => {
  const vbucket = vbucketOf(response.opaque)
  if (setup.late.includes(vbucket))
    return become({ ...connection, activity: { ...setup, late: withoutOne(setup.late, vbucket) } })
  if (!setup.toAdd.includes(vbucket)) return unrecognized(response.opaque)
  const rest = { ...setup, toAdd: withoutOne(setup.toAdd, vbucket) }
  const failure: Failure | undefined =
    response.status !== 0
      ? { _tag: "BadResponse", status: response.status, vbucket }
      : rest.ended.find((end) => end.vbucket === vbucket)
  return failure === undefined
    ? answerIfDone({ ...connection, partitions: withVBucket(connection.partitions, vbucket) }, rest)
    : answerIfDone(
        variant.matchRule === "incarnation" ? forgetAll(connection, [vbucket]) : connection,
        failed(rest, failure)
      )
}

/** CLOSE_STREAM was answered by the kv consumer. Crashes on an opaque that is not awaited (S8). */
export const closeAnswered = (
  connection: ConsumerConnection,
  setup: Setup,
  response: Received<"CloseStreamResponse">,
  variant: Variant
): ConsumerStep => {
  const vbucket = vbucketOf(response.opaque)
  if (!setup.toClose.includes(vbucket)) return unrecognized(response.opaque)
  // An ADD_STREAM whose stream a shut has closed may be answered late or never, so nobody waits for it any more (M37).
  const settled = variant.addUnderShut === "settledByClose" && setup.toAdd.includes(vbucket)
  const rest = {
    ...setup,
    toAdd: settled ? withoutVBucket(setup.toAdd, vbucket) : setup.toAdd,
    late: settled ? [...setup.late, vbucket] : setup.late,
    toClose: withoutOne(setup.toClose, vbucket)
  }
  return closed(connection, rest, response.status, vbucket, variant)
}

/** The producer connection tells how the kv producer answered a CLOSE_STREAM. */
export const closedAtProducer = (
  connection: ConsumerConnection,
  setup: Setup,
  told: Told<"ProducerStreamClosed">,
  variant: Variant
): ConsumerStep => {
  const vbucket = vbucketOf(told.opaque)
  if (setup.toCloseOnProducer === "ignore")
    return variant.producerCloseUnderShut === "dropped"
      ? become(connection)
      : Effect.fail<CrashReason>({ _tag: "BadArgument" })
  if (!setup.toCloseOnProducer.includes(vbucket)) return unrecognized(told.opaque)
  const rest = { ...setup, toCloseOnProducer: withoutOne(setup.toCloseOnProducer, vbucket) }
  return closed(connection, rest, told.status, vbucket, variant)
}

const closed = (
  connection: ConsumerConnection,
  setup: Setup,
  status: Received<"CloseStreamResponse">["status"],
  vbucket: VBucket,
  variant: Variant
): ConsumerStep =>
  variant.tolerateOnClose.split(",").includes(String(status))
    ? answerIfDone(notOpen(connection, vbucket), setup)
    : answerIfDone(connection, failed(setup, { _tag: "BadResponse", status, vbucket }))

/** A current end arrived during a set-up, close or shut (dossier 2.3 and 6.2). */
export const setupEnded = (
  connection: ConsumerConnection,
  setup: Setup,
  end: Told<"ProducerStreamEnd">,
  variant: Variant
): ConsumerStep => {
  const failure: Failure = { _tag: "StreamEnded", reason: end.reason, vbucket: end.vbucket }
  if (connection.partitions.includes(end.vbucket)) {
    const reported = variant.endAfterAck === "reported" && setup.wanted.includes(end.vbucket)
    const activity = reported ? failed(setup, failure) : setup
    return become({ ...notOpen(connection, end.vbucket), activity })
  }
  if (!hitsAdd(setup.toAdd, end, variant)) return become({ ...connection, activity: setup })
  switch (variant.endPolicy) {
    case "ignore":
      return become(connection)
    case "errorList":
      return answerIfDone(connection, failed({ ...setup, toAdd: withoutOne(setup.toAdd, end.vbucket) }, failure))
    case "secondList":
      return become({ ...connection, activity: { ...setup, ended: [...setup.ended, failure] } })
    case "errorOrCrash":
      return toldOrCrashed(connection, setup, end, failure)
    case "crash":
      return unexpectedEnd(end.vbucket)
  }
}

/** Tell the owner at once, where that is an answer: it must neither wait for another (L7) nor be answered before it (S5). */
const toldOrCrashed = (
  connection: ConsumerConnection,
  setup: Setup,
  { vbucket }: Told<"ProducerStreamEnd">,
  failure: Failure
): ConsumerStep => {
  const { toAdd, toClose, toCloseOnProducer, wanted } = setup
  const nothingElse = toAdd.length === 1 && toClose.length === 0 && toCloseOnProducer.length === 0
  if (!nothingElse || !wanted.includes(vbucket)) return unexpectedEnd(vbucket)
  const { owner, failures } = failed(setup, failure)
  return become(
    { ...forgetAll(connection, [vbucket]), activity: { _tag: "Owed", vbucket } },
    reply(owner, { _tag: "Errors", failures })
  )
}

/** The response that was owed is there, and nobody waits for it: it passes, as any does between operations. */
export const answeredLate = (
  connection: ConsumerConnection,
  { vbucket }: Owed,
  response: Received<"AddStreamResponse">
): ConsumerStep =>
  become(vbucketOf(response.opaque) === vbucket ? { ...connection, activity: idle } : connection, forward(response))

const failed = (setup: Setup, failure: Failure): Setup => ({ ...setup, failures: [failure, ...setup.failures] })

/** Answer the owner when nothing is awaited any more. Source: dcp_consumer_conn.erl maybe_reply_setup_streams. */
const answerIfDone = (connection: ConsumerConnection, setup: Setup): ConsumerStep => {
  const done =
    setup.toAdd.length === 0 &&
    setup.toClose.length === 0 &&
    (setup.toCloseOnProducer === "ignore" || setup.toCloseOnProducer.length === 0)
  if (!done) return become({ ...connection, activity: setup })
  const value: ReplyValue = setup.failures.length === 0 ? { _tag: "Ok" } : { _tag: "Errors", failures: setup.failures }
  return become({ ...connection, activity: setup.next === "Idle" ? idle : { _tag: "Shut" } }, reply(setup.owner, value))
}

/** Remove one occurrence: a vBucket named twice is awaited twice. */
const withoutOne = (vbuckets: ReadonlyArray<VBucket>, vbucket: VBucket): ReadonlyArray<VBucket> => {
  const at = vbuckets.indexOf(vbucket)
  return at < 0 ? vbuckets : vbuckets.toSpliced(at, 1)
}
