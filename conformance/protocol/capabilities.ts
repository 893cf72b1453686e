/** What an adapter can do beyond a start and an input. What it does not list is absent, and is never asked for. */
import { Schema } from "effect"

/** Faults that the kit may ask for. */
export const FaultKind = Schema.Literals([
  "crash",
  "restart",
  "pause",
  "resume",
  "partition",
  "heal",
  "drop",
  "delay",
  "duplicate",
  "reorder"
])
export type FaultKind = typeof FaultKind.Type

/** Operations that an adapter may leave out. `hello`, `start`, `input` and `bye` it has to know. */
export const OptionalOp = Schema.Literals(["inputs", "observe", "sync", "advance", "fault"])
export type OptionalOp = typeof OptionalOp.Type

/**
 * The capabilities in the answer to `hello`.
 *
 * Operations and faults are texts, because an adapter may know some of a later minor version; the kit asks for those it knows.
 */
export const Capabilities = Schema.Struct({
  /** Operations besides those that everybody knows. */
  ops: Schema.optionalKey(Schema.Array(Schema.String)),
  /** Whether time passes by itself or by `advance` alone. */
  clock: Schema.optionalKey(Schema.Literals(["virtual", "real"])),
  faults: Schema.optionalKey(Schema.Array(Schema.String)),
  /** `soft`: a start makes everything new within the process. `hard`: each start wants a new process. */
  reset: Schema.optionalKey(Schema.Literals(["soft", "hard"])),
  /** Names that `observe` may ask for. */
  observe: Schema.optionalKey(Schema.Array(Schema.String)),
  /** Inputs that may be on their way at once. */
  concurrency: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1 << 16 }))),
  /** Whether `inputs` is known: a whole sequence in one frame. */
  batch: Schema.optionalKey(Schema.Boolean),
  /** Whether outputs may come as events, outside of an answer. Such an adapter has to know `sync`. */
  events: Schema.optionalKey(Schema.Boolean),
  /** Whether the same seed and the same inputs give the same outputs, always. */
  seed: Schema.optionalKey(Schema.Boolean)
})
export type Capabilities = typeof Capabilities.Type

/** Whether an operation may be asked for. */
export const hasOp = (caps: Capabilities, op: OptionalOp): boolean =>
  caps.ops?.includes(op) === true || (op === "inputs" && caps.batch === true)

export const hasFault = (caps: Capabilities, kind: FaultKind): boolean =>
  hasOp(caps, "fault") && caps.faults?.includes(kind) === true
