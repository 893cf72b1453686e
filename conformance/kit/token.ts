/** A replay token: everything that is needed to see a divergence again, as one word to be pasted. */
import { Schema } from "effect"
import type { Divergence } from "./divergence.ts"
import { type LockstepOptions, lockstep } from "./lockstep.ts"
import { opened, sealed } from "./sealed.ts"
import type { Stage } from "./stage.ts"
import { StepFinder } from "./steps.ts"

/** What a token holds. A file with this as JSON serves as well. */
export const Replay = Schema.Struct({
  protocol: Schema.String,
  role: Schema.String,
  /** How the implementation was reached. */
  way: Schema.String,
  implementation: Schema.String,
  /** What the protocol needs to build the same system: variant, bounds, and the like. */
  setting: Schema.Unknown,
  /** What the environment chose, by name and not by index, so that it outlives changes in what else is possible. */
  steps: Schema.Array(Schema.Struct({ rule: Schema.String, choice: Schema.Unknown })),
  /** What was seen at the end. */
  expected: Schema.Array(Schema.String),
  actual: Schema.Array(Schema.String)
})
export type Replay = typeof Replay.Type

/** The token of a replay. Equal replays have equal tokens. */
export const encodeToken = (replay: Replay): string => sealed("portcullis", replay)

/** The replay in a token. Throws `TokenError`, which says what is wrong with the text. */
export const decodeToken = (text: string): Replay => opened("portcullis", Replay, text)

/** How a replay went. */
export type Replayed<L, O> =
  /** What was seen then is seen again. */
  | { readonly _tag: "Same"; readonly divergence: Divergence<L, O> }
  | { readonly _tag: "Otherwise"; readonly divergence: Divergence<L, O> }
  /** Implementation and model agree in every step. */
  | { readonly _tag: "Agreed" }
  /** The model does not allow this step any more. */
  | { readonly _tag: "Impossible"; readonly rule: string; readonly position: number }
  | { readonly _tag: "Trouble"; readonly error: unknown }

/** Runs the steps of a replay again, and tells whether the same divergence appears. */
export const replayOn = async <L, I, O, V>(
  stand: Stage<L, I, O, V>,
  replay: Replay,
  options: LockstepOptions = {}
): Promise<Replayed<L, O>> => {
  const result = await lockstep(stand, new StepFinder(stand.graph, stand.part), replay.steps, options)
  switch (result._tag) {
    case "Agreed":
      return { _tag: "Agreed" }
    case "Impossible":
      return { _tag: "Impossible", rule: result.step.rule, position: result.steps.length + 1 }
    case "Trouble":
      return { _tag: "Trouble", error: result.error }
    case "Diverged": {
      const { divergence } = result
      const { expected, actual } = divergence.told
      const seen = JSON.stringify([expected, actual])
      const same = seen === JSON.stringify([replay.expected, replay.actual])
      return { _tag: same ? "Same" : "Otherwise", divergence }
    }
  }
}
