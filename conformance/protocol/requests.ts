/** What the kit asks: one JSON object a line, told apart by `op`. */
import { Schema } from "effect"
import { FaultKind } from "./capabilities.ts"
import { OfferedVersions } from "./versions.ts"

/** Chosen by the kit, and never twice in one conversation. */
export const FrameId = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }))

/** Numbers the lives of an implementation: a start begins a new one, and nothing of an older one may arrive after its answer. */
export const Epoch = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }))

/** The words of one protocol, told apart by a hash of their schemas. */
export const SpecVersion = Schema.Struct({ name: Schema.String, version: Schema.String, hash: Schema.String })

/** A fresh implementation in a role. */
export const Start = Schema.Struct({
  epoch: Epoch,
  /** Such as `sessions/registry`. */
  role: Schema.String,
  config: Schema.Record(Schema.String, Schema.Unknown),
  seed: Schema.Int
})
export type Start = typeof Start.Type

const request = <const Op extends string, Fields extends Schema.Struct.Fields>(op: Op, fields: Fields) =>
  Schema.Struct({ id: FrameId, op: Schema.Literal(op), ...fields })

/** The first frame. It tells what the kit speaks, and how long a line may be. */
export const Hello = request("hello", {
  protocol: OfferedVersions,
  kit: Schema.Struct({ name: Schema.String, version: Schema.String }),
  spec: Schema.Array(SpecVersion),
  limits: Schema.Struct({ line: Schema.Int, depth: Schema.Int })
})

/** Answered once nothing of the life before can arrive any more. */
export const StartRequest = request("start", Start.fields)

/** One input of the role, as the schema in `spec` says. */
export const InputRequest = request("input", { input: Schema.Unknown })

/** A whole sequence, with its start and the names to be observed after each input folded in. */
export const InputsRequest = request("inputs", {
  start: Start,
  inputs: Schema.Array(Schema.Unknown),
  observe: Schema.optionalKey(Schema.Array(Schema.String))
})

export const ObserveRequest = request("observe", { names: Schema.Array(Schema.String) })

/** Answered after every event that was caused so far. */
export const SyncRequest = request("sync", {})

/** Lets virtual time pass. */
export const AdvanceRequest = request("advance", { ms: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)) })

export const FaultRequest = request("fault", { kind: FaultKind, target: Schema.optionalKey(Schema.String) })

/** The last frame. It has no answer; TERM follows, and then KILL. */
export const Bye = request("bye", {})

export const Request = Schema.Union([
  Hello,
  StartRequest,
  InputRequest,
  InputsRequest,
  ObserveRequest,
  SyncRequest,
  AdvanceRequest,
  FaultRequest,
  Bye
])
export type Request = typeof Request.Type
export type Op = Request["op"]
