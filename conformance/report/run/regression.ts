/**
 * A divergence as a test that can be kept: what was given to the adapter step by step, and what it answered then.
 *
 * JSON lines, a header and a line for each step. It holds no code, so nothing that an adapter says becomes part of a program.
 */
import { Schema } from "effect"
import type { Divergence } from "../divergence.ts"
import { sanitize } from "../terminal-text.ts"

/** Raised whenever a line changes its meaning. */
export const regressionVersion = 1

export const RegressionHeader = Schema.Struct({
  format: Schema.Literal("portcullis-regression"),
  version: Schema.Literal(regressionVersion),
  kit: Schema.String,
  role: Schema.String,
  seed: Schema.Int,
  /** What was wrong, in one sentence. */
  sentence: Schema.String,
  law: Schema.optionalKey(Schema.String),
  /** The design that it has to follow besides obeying the laws. */
  variant: Schema.optionalKey(Schema.String),
  /** What would have been right at the last step, in words; any one of them. */
  expected: Schema.Array(Schema.String),
  steps: Schema.Int
})
export type RegressionHeader = typeof RegressionHeader.Type

export const RegressionStep = Schema.Struct({
  /** What the environment did, by its rule and choice in the model; `input` where no model takes part. */
  rule: Schema.String,
  choice: Schema.Unknown,
  /** What is sent to the adapter; absent where only the environment moves. */
  input: Schema.optionalKey(Schema.Unknown),
  /** What it answered then. */
  seen: Schema.optionalKey(Schema.Array(Schema.Unknown))
})
export type RegressionStep = typeof RegressionStep.Type

export const Regression = Schema.Struct({ header: RegressionHeader, steps: Schema.Array(RegressionStep) })
export type Regression = typeof Regression.Type

/** What only a role knows of the steps of a story: the environment's choice in the labels of a step. */
export type ChoiceOf = (role: string, labels: ReadonlyArray<unknown>) => unknown

/** Labels in which a role takes an input, with all that it put out because of it. */
const Taken = Schema.Struct({
  _tag: Schema.Literals(["RegistryStep", "ConsumerStep", "WorkerStep"]),
  input: Schema.Unknown,
  outputs: Schema.Array(Schema.Unknown)
})
const isTaken = Schema.is(Taken)

/** A divergence with what it takes to play it again. */
export interface Played extends Pick<Divergence, "role" | "law" | "variant" | "expected"> {
  readonly sentence: string
  readonly story: ReadonlyArray<{ readonly rule: string; readonly labels: ReadonlyArray<unknown> }>
}

/** The regression of a divergence; nothing where its story gives nothing to an adapter. */
export const regressionOf = (
  { kit, seed }: { readonly kit: string; readonly seed: number },
  { role, sentence, law, variant, expected, story }: Played,
  choiceOf: ChoiceOf
): Regression | undefined => {
  const steps = story.map(({ rule, labels }): RegressionStep => {
    const taken = labels.find(isTaken)
    const choice = variant === undefined ? null : (choiceOf(role, labels) ?? null)
    return taken === undefined ? { rule, choice } : { rule, choice, input: taken.input, seen: taken.outputs }
  })
  if (steps.every(({ input }) => input === undefined)) return undefined
  return {
    header: {
      format: "portcullis-regression",
      version: regressionVersion,
      kit,
      role,
      seed,
      sentence: sanitize(sentence),
      ...(law === undefined ? {} : { law: law.id }),
      ...(variant === undefined ? {} : { variant }),
      expected: expected.map(sanitize),
      steps: steps.length
    },
    steps
  }
}
