/** What the dossier derived by reading and nobody has reported (section 5, the rows marked [D]), and what the model says of it. */
import { count } from "../../../conformance/report/counts.ts"
import { explore } from "../../../model/explorer/explore.ts"
import { discoveryAlone } from "../../../model/raft-upgrade/discovery/alone.ts"
import { two } from "../../../model/raft-upgrade/discovery/bounds.ts"
import { reference } from "../../../model/raft-upgrade/discovery/variant.ts"
import { discoveryLaws } from "../../../spec/raft-upgrade/laws.ts"
import { table } from "../exploring.ts"
import { lawLink } from "../exploring-of.ts"
import { numberOf, scopeNamed, scopes, storyText } from "./exploring.ts"
import { brokenWords } from "./scopes-table.ts"

interface Finding {
  readonly says: string
  /** The scopes that show it, the first of them with its story. Found by its number where one names it. */
  readonly scopes?: ReadonlyArray<string>
  /** The law whose story is told. The first that the scope is pinned to break where none is given. */
  readonly law?: string
  /** Made here, where the model has no scope for it. */
  readonly own?: () => { readonly broken: string; readonly where: string }
}

/** Two pairs of nodes, each of which knows nothing of the other pair: A2 does not hold. */
const strangers = () => {
  const seeds = { A: ["B"], B: ["A"], C: ["D"], D: ["C"] }
  const system = discoveryAlone(reference, { ...two, answers: "atOnce", seeds }, discoveryLaws)
  const found = explore(system)
  const broken = found.laws
    .filter(({ verdict }) => verdict === "violated")
    .map(({ id, length = 0 }) => ({ law: id, length }))
  return {
    broken: brokenWords(broken),
    where: `discovery of two pairs of strangers, ${count(found.counts.distinct)} states`
  }
}

const findings: Readonly<Record<string, Finding>> = {
  M4: {
    says: "the group is told of before it is on disk, and its creator falls",
    scopes: ["discovery.asShippedReveals"],
    law: "S1"
  },
  M8: { says: "two parts of a cluster that do not know each other create a group each", own: strangers }
}

/** The numbers of the findings that the chapter is about. */
export const findingNumbers: ReadonlyArray<string> = Object.keys(findings)

const findingNamed = (number: string): Finding => {
  const finding = findings[number]
  if (finding === undefined) throw new TypeError(`the chapter knows no finding ${number}`)
  return finding
}

const scopesOf = (number: string) => {
  const { scopes: named } = findingNamed(number)
  return named === undefined
    ? scopes.filter(({ about }) => new RegExp(`\\b${number}\\b`).test(about)).slice(0, 1)
    : named.map(scopeNamed)
}

/** One row a finding: what was derived, what became of it, what it breaks and where. */
export const findingsTable = (): string =>
  table(
    ["", "derived", "it is", "breaks, in steps", "where"],
    findingNumbers.map((number) => {
      const { says, own } = findingNamed(number)
      const shown = own?.() ?? {
        broken: scopesOf(number)
          .map(({ mustFail }) => brokenWords(mustFail))
          .join("; "),
        where: scopesOf(number)
          .map(({ name }) => `\`${name}\``)
          .join(", ")
      }
      if (shown.broken === "") throw new TypeError(`nothing shows ${number}`)
      const verdict = shown.broken === "nothing" ? "refuted" : "confirmed"
      return [`[${number}](#${number.toLowerCase()})`, says, verdict, shown.broken, shown.where]
    })
  )

/** The shortest story of a finding as the command line tells it, and what else it breaks. */
export const findingStory = (number: string): string => {
  const [scope] = scopesOf(number)
  if (scope === undefined) throw new TypeError(`no scope shows ${number}`)
  const law = findingNamed(number).law ?? scope.mustFail.map((one) => numberOf(one.law))[0]
  if (law === undefined) return `\`${scope.name}\`: every law holds in ${count(scope.pinned.distinct)} states.`
  const others = scope.mustFail.filter((one) => one.law !== `RU-${law}`)
  const besides =
    others.length === 0
      ? []
      : [
          "",
          `The same also breaks ${others.map((one) => `${lawLink(numberOf(one.law))} in ${one.length}`).join(", ")}.`
        ]
  return ["```text", storyText(scope.name, law), "```", ...besides].join("\n")
}
