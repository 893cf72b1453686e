/** Counterexamples of explorations: told to people, and kept in files that can be replayed. */
import { Schema } from "effect"
import type { LawResult } from "../../model/explorer/exploration.ts"
import type { Overrides } from "../../model/kernel/scope.ts"
import { DcpLabel } from "../../spec/dcp/labels.ts"
import type { Counterexample, Forever } from "../report/counterexample.ts"
import type { ExploredScope } from "./explored-scope.ts"
import type { Label, Protocol } from "./protocols.ts"
import { type ScopeToken, scopeTokenText } from "./scope-token.ts"

/** A counterexample in a file: where it was found, and every step by its rule and its labels. */
export const CounterexampleFile = Schema.Struct({
  protocol: Schema.String,
  scope: Schema.String,
  variant: Schema.Record(Schema.String, Schema.String),
  without: Schema.Array(Schema.String),
  law: Schema.String,
  why: Schema.String,
  /** Where in the story the steps begin that go round for ever. */
  lasso: Schema.optionalKey(Schema.Int),
  story: Schema.Array(Schema.Struct({ rule: Schema.String, actor: Schema.String, labels: Schema.Array(DcpLabel) }))
})
export type CounterexampleFile = typeof CounterexampleFile.Type

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
export const toldCounterexample = (protocol: Protocol, file: CounterexampleFile): Counterexample => ({
  law: { id: file.law, sentence: protocol.laws.find(({ id }) => id === file.law)?.sentence ?? "" },
  where: whereOf(file),
  why: file.why,
  length: file.story.length,
  story: file.story,
  forever: foreverOf(protocol, file),
  replay: scopeTokenText(file)
})

/** Only what must happen in the end can fail to for ever; any other law is broken by the last step. */
const foreverOf = ({ laws }: Protocol, { law, lasso }: CounterexampleFile): Forever | undefined => {
  if (laws.find(({ id }) => id === law)?.modality !== "leadsTo") return undefined
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
