/**
 * The producer connection: the half of the proxy that remembers nothing.
 *
 * Source: ns_server dcp_producer_conn.erl; dossier 2.4.
 */
import { Effect } from "effect"
import type { CrashReason, Packet, ProducerCast, ProducerInput, ProducerOutput } from "../../spec/dcp/messages.ts"
import type { Opaque } from "../../spec/ids.ts"
import { become, type Role } from "../kernel/role.ts"

/** It has no state of its own: a dead one is the replicator's affair. */
export type ProducerConnection = null

/** The producer connection. Refusal means that the process crashes. */
export const producerConnection: Role<ProducerConnection, ProducerInput, ProducerOutput, CrashReason> = {
  name: "producer connection",
  initial: null,
  step: (connection, input) => {
    switch (input._tag) {
      case "FromKvProducer":
        return become(connection, ...castsOf(input.packets), ...forwardOf(input.packets))
      case "CloseStreamCast":
        return become(connection, {
          _tag: "SendKvProducer",
          packet: { _tag: "CloseStream", vbucket: input.vbucket, opaque: input.vbucket as number as Opaque }
        })
      case "SocketClosed":
        return Effect.fail<CrashReason>({ _tag: "SocketClosed" })
      case "Killed":
        return Effect.fail<CrashReason>({ _tag: "Killed" })
    }
  }
}

/** Casts leave while the chunk is handled, so before anything of it is written (rule O1 of dossier 1.4). */
const castsOf = (packets: ReadonlyArray<Packet>): ReadonlyArray<ProducerOutput> =>
  packets.flatMap((packet) => {
    const cast = castOf(packet)
    return cast === undefined ? [] : [{ _tag: "CastConsumer" as const, cast }]
  })

const castOf = (packet: Packet): ProducerCast | undefined => {
  switch (packet._tag) {
    case "SetVBucketState":
      return { _tag: "SetVBucketStateSeen", vbucket: packet.vbucket, opaque: packet.opaque, state: packet.state }
    case "CloseStreamResponse":
      return { _tag: "ProducerStreamClosed", opaque: packet.opaque, status: packet.status }
    case "StreamEnd":
      return { _tag: "ProducerStreamEnd", vbucket: packet.vbucket, opaque: packet.opaque, reason: packet.reason }
    default:
      return undefined
  }
}

/** Everything passes but the answer to the proxy's own CLOSE_STREAM. */
const forwardOf = (packets: ReadonlyArray<Packet>): ReadonlyArray<ProducerOutput> => {
  const passed = packets.filter((packet) => packet._tag !== "CloseStreamResponse")
  return passed.length === 0 ? [] : [{ _tag: "ForwardKvConsumer", packets: passed }]
}
