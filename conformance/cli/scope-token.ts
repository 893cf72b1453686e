/**
 * The replay token of a counterexample from an exploration: `dcp/oneStream/DCP-L1+endPolicy=ignore+without=DCP-A4`.
 *
 * Exploring the same system finds the same shortest story, so names are all it takes.
 */
import type { Overrides } from "../../model/kernel/scope.ts"
import { UsageError } from "./usage-error.ts"

/** Which law breaks where. */
export interface ScopeToken extends Overrides {
  readonly protocol: string
  readonly scope: string
  readonly law: string
}

/** What such a token looks like, for messages. */
export const scopeTokenForm = "PROTOCOL/SCOPE/LAW, with +PARAMETER=VALUE or +without=ASSUMPTION for each change"

/** The token as one word. */
export const scopeTokenText = ({ protocol, scope, law, variant, without }: ScopeToken): string =>
  [
    `${protocol}/${scope}/${law}`,
    ...Object.entries(variant).map(([name, value]) => `${name}=${value}`),
    ...without.map((id) => `without=${id}`)
  ].join("+")

/** The token in a text. */
export const scopeTokenFrom = (text: string): ScopeToken => {
  const [place = "", ...changes] = text.split("+")
  const [protocol = "", scope = "", law = "", ...rest] = place.split("/")
  if (rest.length > 0 || [protocol, scope, law].includes(""))
    throw new UsageError(`the token of an exploration is ${scopeTokenForm}`)
  return { protocol, scope, law, ...overridesFrom(changes) }
}

/** Changes of the form `name=value` as overrides; the name `without` switches an assumption off. */
const overridesFrom = (changes: ReadonlyArray<string>): Overrides => {
  const pairs = changes.map((change) => parameterFrom(change))
  return {
    variant: Object.fromEntries(pairs.filter(([name]) => name !== "without")),
    without: pairs.filter(([name]) => name === "without").map(([, value]) => value)
  }
}

/** A parameter and its value from `name=value`. */
export const parameterFrom = (text: string): readonly [name: string, value: string] => {
  const at = text.indexOf("=")
  if (at <= 0 || at === text.length - 1) throw new UsageError(`a parameter is given as NAME=VALUE, not as "${text}"`)
  return [text.slice(0, at), text.slice(at + 1)]
}
