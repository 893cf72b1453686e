/** How the chapter's claims are backed: each helper either gives the evidence as text or throws. */
import { readScenario } from "../../conformance/talk/scenarios.ts"
import { type Bounds, small } from "../../model/dcp/bounds.ts"
import { pair } from "../../model/dcp/pair.ts"
import type { Variant } from "../../model/dcp/variants.ts"
import type { Overrides } from "../../model/kernel/scope.ts"
import type { DcpLabel } from "../../spec/dcp/labels.ts"
import type { Law } from "../../spec/law.ts"
import { commandFor, explored, exploredScope, type Found, lawIn } from "./exploring.ts"
import { lawLink } from "./exploring-of.ts"

/** Throws where a claim is not so. */
export const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(`the chapter claims that ${what}, and it is not so`)
}

/** A law breaks in a scope, perhaps with something changed. */
export const broken =
  (scope: string, law: string, changes: Partial<Overrides> = {}) =>
  (): string => {
    const { verdict, length } = lawIn(exploredScope(scope, changes), law)
    must(verdict === "violated", `${law} breaks in ${commandFor(scope, changes)}`)
    return `${lawLink(law)} breaks in ${length} steps: \`${commandFor(scope, changes)}\``
  }

/** A proxy pair of the chapter's own, for questions that no scope asks. */
export const own = (
  name: string,
  variant: Variant,
  bounds: Partial<Bounds>,
  laws: ReadonlyArray<Law<DcpLabel>>
): Found => explored(`own ${name}`, () => pair(variant, { ...small, ...bounds }, laws))

/** `holds`, `violated`, `witnessed` or `never`. */
export const verdictOf = (found: Found, law: string): string => lawIn(found, law).verdict

/** A link to a conversation that there is. */
export const talk = (name: string): string => {
  readScenario("dcp", name)
  return `[conversation](scenarios/${name}.talk)`
}

/** Every law that breaks, with its steps, as one word to compare. */
export const violated = (found: Found): string =>
  found.laws
    .filter(({ verdict }) => verdict === "violated")
    .map(({ id, length }) => `${id}:${length}`)
    .join()
