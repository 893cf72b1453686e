/** What the dossier derived by reading and nobody has reported (section 5, the rows marked [D]), and what became of it here. */

import type { UpgradeMutant } from "../../../conformance/museum/raft-upgrade/mutant.ts"
import { mutants } from "../../../conformance/museum/raft-upgrade/mutants.ts"
import { renderCounterexample } from "../../../conformance/report/counterexample.ts"
import { count } from "../../../conformance/report/counts.ts"
import { explore } from "../../../model/explorer/explore.ts"
import type { MustFail, Scope } from "../../../model/kernel/scope.ts"
import { discoveryAlone } from "../../../model/raft-upgrade/discovery/alone.ts"
import { two } from "../../../model/raft-upgrade/discovery/bounds.ts"
import { reference } from "../../../model/raft-upgrade/discovery/variant.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { S4 } from "../../../spec/raft-upgrade/laws/groups.ts"
import { discoveryLaws } from "../../../spec/raft-upgrade/laws.ts"
import { table } from "../exploring.ts"
import { lawLink } from "../exploring-of.ts"
import { numberOf, scopeNamed, scopes, storyText } from "./exploring.ts"
import { brokenWords } from "./scopes-table.ts"

interface Finding {
  readonly says: string
  /** The scopes that show it, the first of them with its story. Found by its number where one names it. */
  readonly scopes?: ReadonlyArray<string>
  /** What has to be so besides, in a few words. */
  readonly given?: string
  /** The law whose story is told. The first that the scope is pinned to break where none is given. */
  readonly law?: string
  /** Made here, where no assumption of a scope can be switched off for it. */
  readonly own?: () => Own
}

interface Own extends Shown {
  readonly told: string
}

interface Shown {
  readonly broken: ReadonlyArray<MustFail>
  readonly where: string
}

/** Two pairs of nodes, each of which knows nothing of the other pair: A2 does not hold. */
const strangers = (): Own => {
  const seeds = { A: ["B"], B: ["A"], C: ["D"], D: ["C"] }
  const found = explore(discoveryAlone(reference, { ...two, answers: "atOnce", seeds }, discoveryLaws))
  const violated = found.laws.filter(({ verdict }) => verdict === "violated")
  const shortest = violated.find(({ id }) => id === S4.id)
  if (shortest?.story === undefined || shortest.why === undefined) throw new TypeError("two pairs create one group")
  const { story, why } = shortest
  return {
    broken: violated.map(({ id, length = 0 }) => ({ law: id, length })),
    where: `discovery of two pairs that are strangers (${count(found.counts.distinct)} states)`,
    told: renderCounterexample({ law: S4, where: "raft-upgrade, two pairs", story, length: story.length, why })
  }
}

const findings: Readonly<Record<string, Finding>> = {
  M4: {
    says: "the group is told of before it is on disk, and its creator falls",
    scopes: ["discovery.asShippedReveals"],
    law: "S1"
  },
  M8: {
    says: "two parts of a cluster that do not know each other create a group each",
    given: "without A2",
    own: strangers
  },
  M20: {
    says: "a change within a change waits behind the state that waits for the first",
    scopes: ["nestedLock"],
    law: "V6"
  },
  M27: {
    says: "a new node does not hear first who is in its group, and waits for nobody",
    scopes: ["noBarrierMeanwhile", "noBarrier"],
    law: "S9"
  },
  M28: {
    says: "a new node with the smallest server creates the group, and is alone in it",
    given: "without A6",
    scopes: ["outsiderCreates", "outsiderCreatesEarly"],
    law: "S9"
  },
  M29: { says: "a new node that has arrived falls before it is on the ring, and goes back to synchronize" },
  M30: {
    says: "a member that has learned of nobody is taken for a new one, and never goes on",
    scopes: ["withoutVote"],
    law: "V7"
  },
  M47: {
    says: "an operator writes recovery, and the upgrade writes over it",
    scopes: ["recovery.editOverwritten"],
    law: "S15"
  },
  M48: {
    says: "the group's name is not erased on one node, which revives the old group",
    scopes: ["recovery.without.EraseGroup"]
  },
  M49: {
    says: "discovery is not erased on one node, which waits for the dead",
    scopes: ["recovery.without.EraseDiscovery"]
  },
  M50: {
    says: "the history is not erased on one node, where commands have no effect then",
    scopes: ["recovery.without.EraseHistory"],
    law: "S12"
  },
  M55: { says: "what a node has pushed arrives after it was removed", given: "without A7" },
  M60: {
    says: "who asks all peers how far they are goes by one of an older group",
    given: "without A3, where who returns is welcome",
    scopes: ["recovery.earlyByPeers"],
    law: "S17"
  },
  M62: { says: "a new node is heard of in discovery and dies, and everybody waits for it", given: "without A6" }
}

/** The numbers of the findings that the chapter is about. */
export const findingNumbers: ReadonlyArray<string> = Object.keys(findings)

const findingNamed = (number: string): Finding => {
  const finding = findings[number]
  if (finding === undefined) throw new TypeError(`the chapter knows no finding ${number}`)
  return finding
}

const scopesOf = (number: string): ReadonlyArray<Scope<RaftUpgradeLabel>> => {
  const { scopes: named } = findingNamed(number)
  return named === undefined
    ? scopes.filter(({ about }) => new RegExp(`\\b${number}\\b`).test(about)).slice(0, 1)
    : named.map(scopeNamed)
}

/** A row of the dossier may be several mutants: `M49a`, `M49b`. */
const mutantsOf = (number: string): ReadonlyArray<UpgradeMutant> => {
  const id = new RegExp(`^M${number.slice(1).padStart(2, "0")}[a-z]?$`)
  return mutants.filter((mutant) => id.test(mutant.id))
}

/** Whether a mutant does no harm, wherever it was looked for. */
const isHarmless = ({ lawful, same }: UpgradeMutant): boolean => lawful !== undefined || same !== undefined

const shownBy = (number: string): Shown | undefined => {
  const { own } = findingNamed(number)
  const found = scopesOf(number)
  if (own !== undefined) return own()
  if (found.length === 0) return undefined
  return { broken: found.flatMap(({ mustFail }) => mustFail), where: found.map(({ name }) => `\`${name}\``).join(", ") }
}

const links = (laws: ReadonlyArray<string>): string => laws.map((law) => lawLink(numberOf(law))).join(", ")

/** One row a finding: what was derived, what became of it, and what it breaks in the model and in the museum's twin. */
export const findingsTable = (): string =>
  table(
    ["", "derived", "it is", "the model breaks, in steps", "in", "the twin breaks"],
    findingNumbers.map((number) => {
      const { says, given } = findingNamed(number)
      const [model, mine] = [shownBy(number), mutantsOf(number)]
      if (model === undefined && mine.length === 0) throw new TypeError(`nothing shows ${number}`)
      const harmful = mine.filter((mutant) => !isHarmless(mutant))
      const isConfirmed = harmful.length > 0 || (model?.broken.length ?? 0) > 0
      return [
        `[${number}](#${number.toLowerCase()})`,
        says,
        [isConfirmed ? "confirmed" : "refuted", ...(given === undefined ? [] : [given])].join(", "),
        model === undefined ? "–" : brokenWords(model.broken),
        model?.where ?? "–",
        harmful.length > 0 ? links([...new Set(harmful.flatMap(({ breaks }) => breaks))]) : "nothing"
      ]
    })
  )

/** What the museum has of it. */
const seenInTwin = (number: string): ReadonlyArray<string> =>
  mutantsOf(number).flatMap(({ id, seenIn, lawful, same, breaks }) => {
    if (lawful !== undefined || same !== undefined)
      return ["", `*In the museum:* ${id} does no harm: ${lawful ?? same}.`]
    const story = seenIn === undefined ? "" : ` in the story "${seenIn}"`
    return ["", `*In the museum:* ${id} breaks ${links(breaks)}${story}.`]
  })

/** The shortest story of a finding as the command line tells it, what else it breaks, and what the museum has of it. */
export const findingStory = (number: string): string =>
  [...storyOf(number), ...seenInTwin(number)].join("\n").trimStart()

const storyOf = (number: string): ReadonlyArray<string> => {
  const { own } = findingNamed(number)
  if (own !== undefined) return ["```text", own().told, "```"]
  const [scope] = scopesOf(number)
  if (scope === undefined) return []
  const law = findingNamed(number).law ?? scope.mustFail.map((one) => numberOf(one.law))[0]
  if (law === undefined) return [`\`${scope.name}\`: every law holds in ${count(scope.pinned.distinct)} states.`]
  const others = scope.mustFail.filter((one) => one.law !== `RU-${law}`)
  const besides =
    others.length === 0
      ? []
      : [
          "",
          `The same also breaks ${others.map((one) => `${lawLink(numberOf(one.law))} in ${one.length}`).join(", ")}.`
        ]
  return ["```text", storyText(scope.name, law), "```", ...besides]
}
