/** The scopes of the way to group 0 with their pinned counts. Tests hold each to what it pins. */
import { count } from "../../../conformance/report/counts.ts"
import type { MustFail } from "../../../model/kernel/scope.ts"
import { table } from "../exploring.ts"
import { lawLink } from "../exploring-of.ts"
import { numberOf, scopes } from "./exploring.ts"

/** Laws with the lengths of their stories: `[S7](#s7) 13`. */
export const brokenWords = (mustFail: ReadonlyArray<MustFail>, between = " "): string =>
  mustFail.length === 0
    ? "nothing"
    : mustFail.map(({ law, length }) => `${lawLink(numberOf(law))}${between}${length}`).join(", ")

/** Discovery's scopes go by its name, the cluster's by none. */
const kindOf = (name: string): string => (name.includes(".") ? name.slice(0, name.indexOf(".")) : "cluster")

/** One row a scope of the kind: `cluster`, `discovery`. */
export const scopesTable = ([kind = ""]: ReadonlyArray<string>): string => {
  const told = scopes.filter(({ name }) => kindOf(name) === kind)
  if (told.length === 0) throw new TypeError(`raft-upgrade has no scopes of the kind ${kind}`)
  return table(
    ["scope", "distinct", "generated", "depth", "breaks, in steps", "what it shows"],
    told.map(({ name, about, pinned, mustFail }) => [
      `\`${name.slice(name.indexOf(".") + 1)}\``,
      count(pinned.distinct),
      count(pinned.generated),
      String(pinned.depth),
      brokenWords(mustFail),
      about
    ])
  )
}

/** How many scopes there are, how many states they have together, and how many must fail, in a sentence. */
export const scopesCounted = (): string => {
  const states = scopes.reduce((sum, { pinned }) => sum + pinned.distinct, 0)
  const failing = scopes.filter(({ mustFail }) => mustFail.length > 0).length
  return `${scopes.length} scopes with ${count(states)} states; ${failing} of them must fail`
}
