/** What a consumer connection can do: the outputs and crashes that its parts share. */
import { Effect } from "effect"
import type { ConsumerOutput, CrashReason, Packet, ReplyValue } from "../../spec/dcp/messages.ts"
import type { CallId, Opaque, VBucket } from "../../spec/ids.ts"
import type { Step } from "../kernel/role.ts"
import type { ConsumerConnection } from "./consumer-state.ts"

export type ConsumerStep = Step<ConsumerConnection, ConsumerOutput, CrashReason>

/** Pass a packet on to the kv producer. */
export const forward = (received: Packet): ConsumerOutput => ({ _tag: "ForwardKvProducer", packets: [received] })

/** The client opaque of a vBucket is the vBucket itself. Source: dcp_consumer_conn.erl get_opaque_for_partition. */
const clientOpaque = (vbucket: VBucket): Opaque => vbucket as number as Opaque
export const vbucketOf = (opaque: Opaque): VBucket => opaque as number as VBucket

export const reply = (call: CallId, value: ReplyValue): ConsumerOutput => ({ _tag: "Reply", call, value })
export const addStream = (vbucket: VBucket, takeover: boolean): ConsumerOutput => ({
  _tag: "SendKvConsumer",
  packet: { _tag: "AddStream", vbucket, opaque: clientOpaque(vbucket), takeover }
})
export const closeStream = (vbucket: VBucket): ConsumerOutput => ({
  _tag: "SendKvConsumer",
  packet: { _tag: "CloseStream", vbucket, opaque: clientOpaque(vbucket) }
})

export const unrecognized = (opaque: Opaque): Effect.Effect<never, CrashReason> =>
  Effect.fail({ _tag: "UnrecognizedOpaque", opaque })
export const unexpectedEnd = (vbucket: VBucket): Effect.Effect<never, CrashReason> =>
  Effect.fail({ _tag: "UnexpectedStreamEnd", vbucket })
