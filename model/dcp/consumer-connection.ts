/**
 * The consumer connection: the half of the proxy that keeps the streams.
 *
 * Source: ns_server dcp_consumer_conn.erl; dossier 2.1 to 2.6.
 */
import { Effect } from "effect"
import type {
  ConsumerInput,
  ConsumerOutput,
  CrashReason,
  Packet,
  ProducerCast,
  Request
} from "../../spec/dcp/messages.ts"
import type { CallId } from "../../spec/ids.ts"
import { become, type Role } from "../kernel/role.ts"
import { type ConsumerStep, forward } from "./consumer-outputs.ts"
import {
  answeredLate,
  closeAnswered,
  closedAtProducer,
  maybeClose,
  setupAddAnswered,
  setupEnded,
  setupStreams,
  shut
} from "./consumer-setup.ts"
import { type ConsumerConnection, fresh, notOpen } from "./consumer-state.ts"
import {
  stateConfirmed,
  stateSeen,
  streamRequested,
  takeover,
  takeoverAddAnswered,
  takeoverEnded
} from "./consumer-takeover.ts"
import { isCurrent, learn } from "./incarnation.ts"
import type { Variant } from "./variants.ts"

/** The consumer connection of a variant. Refusal means that the process crashes; then nothing it did in that step leaves it. */
export const consumerConnection = (
  variant: Variant
): Role<ConsumerConnection, ConsumerInput, ConsumerOutput, CrashReason> => ({
  name: "consumer connection",
  initial: fresh,
  step: (connection, input) => {
    switch (input._tag) {
      case "Call":
        return called(connection, input.call, input.request, variant)
      case "FromKvConsumer":
        return chunk(connection, input.packets, variant)
      case "FromProducerConnection":
        return cast(connection, input.cast, variant)
      case "SocketClosed":
        return Effect.fail<CrashReason>({ _tag: "SocketClosed" })
      case "Killed":
        return Effect.fail<CrashReason>({ _tag: "Killed" })
    }
  }
})

const called = (connection: ConsumerConnection, call: CallId, request: Request, variant: Variant): ConsumerStep => {
  switch (request._tag) {
    case "GetPartitions":
      return become(connection, {
        _tag: "Reply",
        call,
        value: { _tag: "Partitions", vbuckets: connection.partitions }
      })
    case "SetupStreams":
      return setupStreams(connection, call, request.vbuckets, variant)
    case "MaybeCloseStream":
      return maybeClose(connection, call, request.vbucket, variant)
    case "Takeover":
      return takeover(connection, call, request.vbucket)
    case "ShutConnection":
      return shut(connection, call, variant)
  }
}

/** Handle the packets of a chunk in order; what is forwarded leaves in one write at the end (S15). Source: dcp_proxy.erl process_data. */
const chunk = (connection: ConsumerConnection, packets: ReadonlyArray<Packet>, variant: Variant): ConsumerStep =>
  Effect.mapEager(
    packets.reduce<ConsumerStep>(
      (before, next) =>
        Effect.flatMapEager(before, ({ state, outputs }) =>
          Effect.mapEager(packet(state, next, variant), (after) => ({
            state: after.state,
            outputs: [...outputs, ...after.outputs]
          }))
        ),
      become(connection)
    ),
    ({ state, outputs }) => ({ state, outputs: forwardsLast(outputs) })
  )

const forwardsLast = (outputs: ReadonlyArray<ConsumerOutput>): ReadonlyArray<ConsumerOutput> => {
  const packets = outputs.flatMap((output) => (output._tag === "ForwardKvProducer" ? output.packets : []))
  const others = outputs.filter((output) => output._tag !== "ForwardKvProducer")
  return packets.length === 0 ? others : [...others, { _tag: "ForwardKvProducer", packets }]
}

/** One packet from the kv consumer. The order of the cases is the dossier's table 2.2: the first match wins. */
const packet = (connection: ConsumerConnection, received: Packet, variant: Variant): ConsumerStep => {
  const activity = connection.activity
  if (activity._tag === "Shut") return become(connection)
  if (received._tag === "AddStreamResponse" && activity._tag === "Setup")
    return setupAddAnswered(connection, activity, received, variant)
  if (received._tag === "AddStreamResponse" && activity._tag === "Takeover" && !activity.acknowledged)
    return takeoverAddAnswered(connection, activity, received)
  if (received._tag === "StreamRequest" && activity._tag === "Takeover" && activity.progress === "requested")
    return streamRequested(connection, activity, received)
  if (received._tag === "CloseStreamResponse" && activity._tag === "Setup")
    return closeAnswered(connection, activity, received, variant)
  if (
    received._tag === "SetVBucketStateResponse" &&
    activity._tag === "Takeover" &&
    activity.progress === "opaqueKnown"
  )
    return stateConfirmed(connection, activity, received)
  if (received._tag === "AddStreamResponse" && activity._tag === "Owed")
    return answeredLate(connection, activity, received)
  if (received._tag === "StreamRequest") return become(learn(connection, received, variant), forward(received))
  return become(connection, forward(received))
}

/** What the producer connection tells (dossier 2.3). */
const cast = (connection: ConsumerConnection, told: ProducerCast, variant: Variant): ConsumerStep => {
  const activity = connection.activity
  switch (told._tag) {
    case "ProducerStreamClosed":
      return activity._tag === "Setup" ? closedAtProducer(connection, activity, told, variant) : become(connection)
    case "ProducerStreamEnd":
      return streamEnded(connection, told, variant)
    case "SetVBucketStateSeen":
      return activity._tag === "Takeover" ? stateSeen(connection, activity, told) : become(connection)
  }
}

/** A stream ended at the producer. A stale end means nothing (M36). */
const streamEnded = (
  connection: ConsumerConnection,
  end: Extract<ProducerCast, { _tag: "ProducerStreamEnd" }>,
  variant: Variant
): ConsumerStep => {
  const activity = connection.activity
  if (activity._tag === "Shut") return become(connection)
  if (activity._tag === "Takeover" && activity.vbucket === end.vbucket && activity.opaque === end.opaque)
    return takeoverEnded(connection, activity, end, variant)
  if (!isCurrent(connection, end, variant)) return become(connection)
  if (activity._tag === "Setup") return setupEnded(connection, activity, end, variant)
  return become(notOpen(connection, end.vbucket))
}
