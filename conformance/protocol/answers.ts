/** What an adapter answers. Fields that are not named here are ignored. */
import { Schema } from "effect"
import { Capabilities } from "./capabilities.ts"
import { FrameError } from "./error-table.ts"
import { Epoch, FrameId } from "./requests.ts"
import { ChosenVersion } from "./versions.ts"

/** Who answers, and what it can do. */
export const HelloAnswer = Schema.Struct({
  protocol: ChosenVersion,
  /** The implementation under test, not the adapter. */
  iut: Schema.Struct({
    name: Schema.String.check(Schema.isNonEmpty()),
    version: Schema.String,
    language: Schema.String
  }),
  /** Such as `sessions/registry`. */
  roles: Schema.Array(Schema.String),
  caps: Schema.optionalKey(Capabilities),
  /** The longest line that the adapter takes, where that is less than the kit's own limit. */
  limits: Schema.optionalKey(Schema.Struct({ line: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1024)) }))
})
export type HelloAnswer = typeof HelloAnswer.Type

/** The implementation died of what was asked; `why` in its own words, or null where one can only see that it is gone. */
export const Crash = Schema.Struct({ why: Schema.NullOr(Schema.String) })

export const StartAnswer = Schema.Struct({})

/** What the implementation emitted because of one input, in order. `advance` and `fault` are answered in the same way. */
export const InputAnswer = Schema.Struct({
  outputs: Schema.Array(Schema.Unknown),
  crash: Schema.optionalKey(Crash)
})
export type InputAnswer = typeof InputAnswer.Type

/** What is observed, by name. */
const State = Schema.Record(Schema.String, Schema.Unknown)

/**
 * One list of outputs for each input, cut short at a crash: the last list is of the input that it died of.
 *
 * `states` has as many entries as `outputs` where names were asked for; that of a crash may be null.
 */
export const InputsAnswer = Schema.Struct({
  outputs: Schema.Array(Schema.Array(Schema.Unknown)),
  states: Schema.optionalKey(Schema.Array(Schema.NullOr(State))),
  crash: Schema.optionalKey(Crash)
})
export type InputsAnswer = typeof InputsAnswer.Type

export const ObserveAnswer = Schema.Struct({ state: State })

/** `seq` of the last event; 0 where there was none. */
export const SyncAnswer = Schema.Struct({ seq: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)) })

/** `advance` and `fault` may make something come out as well. */
export const MovedAnswer = Schema.Struct({
  outputs: Schema.optionalKey(Schema.Array(Schema.Unknown)),
  crash: Schema.optionalKey(Crash)
})

/** Something that stands for a value that nobody can see. */
export const ignored = { $: "ignore" } as const

export const isIgnored = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "$" in value && value.$ === ignored.$

/** An answer of any operation: `ok` with what that operation says, or `err`. */
export const Answer = Schema.Struct({
  id: FrameId,
  ok: Schema.optionalKey(Schema.Unknown),
  err: Schema.optionalKey(FrameError)
})
export type Answer = typeof Answer.Type

/** An output outside of an answer. `seq` counts from 1 in each epoch. */
export const Event = Schema.Struct({
  ev: Schema.Literal("output"),
  seq: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)),
  epoch: Epoch,
  output: Schema.Unknown
})
export type Event = typeof Event.Type
