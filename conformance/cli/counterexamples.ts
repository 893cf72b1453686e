/** Counterexamples of explorations: told to people, and kept in files that can be replayed. */
import { Schema } from "effect"
import type { LawResult } from "../../model/explorer/exploration.ts"
import type { Overrides } from "../../model/kernel/scope.ts"
import type { Law } from "../../spec/law.ts"
import type { Counterexample, Forever } from "../report/counterexample.ts"
import type { Label } from "../report/story.ts"
import { essentialSteps } from "./essential-steps.ts"
import type { ExploredScope } from "./explored-scope.ts"
import type { Protocol } from "./protocols.ts"
import { type ScopeToken, scopeTokenText } from "./scope-token.ts"

/** A counterexample in a file: where it was found, and every step by its rule and its labels. */
const fileOf = (label: Schema.Codec<Label, unknown>) =>
  Schema.Struct({
    protocol: Schema.String,
    scope: Schema.String,
    variant: Schema.Record(Schema.String, Schema.String),
    without: Schema.Array(Schema.String),
    law: Schema.String,
    why: Schema.String,
    /** Where in the story the steps begin that go round for ever. */
    lasso: Schema.optionalKey(Schema.Int),
    story: Schema.Array(Schema.Struct({ rule: Schema.String, actor: Schema.String, labels: Schema.Array(label) }))
  })
export type CounterexampleFile = ReturnType<typeof fileOf>["Type"]

/** What a file of this protocol has to look like. */
export const counterexampleSchema = ({ label }: Protocol): Schema.Codec<CounterexampleFile, unknown> => fileOf(label)

/** The file of a violated law. */
export const counterexampleFile = (
  protocol: Protocol,
  { scope, overrides }: Pick<ExploredScope, "scope" | "overrides">,
  { id, why = "", story = [], lasso }: LawResult<Label>
): CounterexampleFile => ({
  protocol: protocol.protocol,
  scope: scope.name,
  variant: overrides.variant,
  without: overrides.without,
  law: id,
  why,
  ...(lasso === undefined ? {} : { lasso }),
  story
})

/** The counterexample in a file as reports tell it. */
export const toldCounterexample = (protocol: Protocol, file: CounterexampleFile): Counterexample => {
  const law = protocol.laws.find(({ id }) => id === file.law)
  return {
    law: { id: file.law, sentence: law?.sentence ?? "" },
    where: whereOf(file),
    why: file.why,
    length: file.story.length,
    story: file.story,
    essential: law === undefined ? [] : essentialSteps(law, file.story),
    forever: foreverOf(law, file),
    replay: scopeTokenText(file)
  }
}

/** Only what must happen in the end can fail to for ever; any other law is broken by the last step. */
const foreverOf = (law: Law<Label> | undefined, { lasso }: CounterexampleFile): Forever | undefined => {
  if (law?.modality !== "leadsTo") return undefined
  return lasso === undefined ? { _tag: "Stops" } : { _tag: "Loops", from: lasso }
}

/** The place and its changes in words. */
export const whereOf = ({ protocol, scope, variant, without }: Omit<ScopeToken, "law"> & Overrides): string =>
  [
    protocol,
    scope,
    ...Object.entries(variant).map(([name, value]) => `${name} ${value}`),
    ...without.map((id) => `without ${id}`)
  ].join(", ")
