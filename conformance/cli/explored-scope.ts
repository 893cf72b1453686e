/** Exploring a scope, and comparing what is found with what is pinned. */
import type { Exploration as Explored, LawResult } from "../../model/explorer/exploration.ts"
import type { Overrides, Scope } from "../../model/kernel/scope.ts"
import { count } from "../report/counts.ts"
import type { Exploration } from "../report/report.ts"
import type { Label } from "../report/story.ts"
import { type ExitStatus, exitStatus, worst } from "./exit-status.ts"
import { isSample } from "./sampled.ts"
import { exhausted, type Find, isChanged } from "./searches.ts"
import type { Shell } from "./shell.ts"

/** A scope with what was found in it. */
export interface ExploredScope {
  readonly scope: Scope<Label>
  readonly overrides: Overrides
  readonly found: Explored<Label>
  readonly seconds: number
  /** What is not as pinned, one sentence each. Empty if all is as expected. */
  readonly surprises: ReadonlyArray<string>
  /** Violated laws that were not to be violated, or not after that many steps. */
  readonly unexpected: ReadonlyArray<LawResult<Label>>
}

/**
 * Explores one scope until it is done or somebody interrupts; of one that is too large, the states nearest to the initial one.
 * Throws `UnknownOverride`.
 */
export const exploreScope = (scope: Scope<Label>, overrides: Overrides, shell: Shell): ExploredScope => {
  const started = shell.now()
  const found = exhausted(scope, overrides, shell, scope.sample === undefined ? {} : { maxStates: scope.sample.states })
  return told(scope, overrides, found, started, shell)
}

/** The same by another way of searching: within limits, with helpers, at random. */
export const searchScope = async (
  scope: Scope<Label>,
  overrides: Overrides,
  find: Find,
  shell: Shell
): Promise<ExploredScope> => {
  const started = shell.now()
  return told(scope, overrides, await find(scope, overrides), started, shell)
}

const told = (
  scope: Scope<Label>,
  overrides: Overrides,
  found: Explored<Label>,
  started: number,
  shell: Shell
): ExploredScope => {
  const seconds = (shell.now() - started) / 1000
  return { scope, overrides, found, seconds, ...judged(scope, overrides, found) }
}

/** What the exploration of one scope means for the exit status. */
export const scopeStatus = ({ found, surprises, overrides }: ExploredScope): ExitStatus =>
  // What a walk finds is real, and that it does not see all was known before.
  worst(
    found.stoppedBecause === "walked" && surprises.length > 0
      ? [exitStatus.fail]
      : [
          surprises.length === 0 ? exitStatus.pass : exitStatus.fail,
          found.complete || isAsPinned(found, overrides) ? exitStatus.pass : exitStatus.unknown
        ]
  )

/** Whether as much was seen as is pinned, which is not everything where a scope is too large. */
const isAsPinned = (found: Explored<Label>, overrides: Overrides): boolean => isSample(found) && !isChanged(overrides)

/** The scope as a row of a table. */
export const scopeRow = ({
  scope,
  found,
  seconds,
  surprises,
  overrides
}: ExploredScope): Exploration & { seconds: number } => ({
  scope: scope.name,
  ...found.counts,
  seconds,
  laws: lawsInShort(found),
  asExpected: (found.complete || isAsPinned(found, overrides)) && surprises.length === 0
})

/** The same where searches may be told to stop early: that is no surprise. */
export const searchRow = (explored: ExploredScope): Exploration => ({
  ...scopeRow(explored),
  partial: scopeStatus(explored) === exitStatus.unknown && explored.surprises.length === 0
})

/** What is not as expected, a line each. */
export const surpriseLines = ({ scope, surprises }: ExploredScope): ReadonlyArray<string> =>
  surprises.map((surprise) => `${scope.name}: ${surprise}`)

const judged = (
  scope: Scope<Label>,
  overrides: Overrides,
  found: Explored<Label>
): Pick<ExploredScope, "surprises" | "unexpected"> => {
  const violated = found.laws.filter(({ verdict }) => verdict === "violated")
  const breaks = ({ id, length = 0 }: LawResult<Label>): string => `${id} breaks in ${length} steps`
  if (isChanged(overrides)) return { unexpected: violated, surprises: violated.map(breaks) }
  const pinned = new Map(scope.mustFail.map(({ law, length }) => [law, length]))
  const unexpected = violated.filter(({ id, length = 0 }) => {
    const least = pinned.get(id)
    return least === undefined || (isWalk(found) ? length < least : length !== least)
  })
  return {
    unexpected,
    surprises: [
      ...unexpected.map((law) => {
        const length = pinned.get(law.id)
        return `${breaks(law)}, ${length === undefined ? "but must hold" : `but is pinned at ${length}`}`
      }),
      ...(found.complete || isSample(found) ? different(scope, found) : []),
      ...(found.complete ? missing(scope, found) : [])
    ]
  }
}

/** Walks go astray, so that their stories may be longer than the shortest. */
const isWalk = (found: Explored<Label>): boolean => found.stoppedBecause === "walked" || isSample(found)

const different = ({ pinned }: Scope<Label>, { counts }: Explored<Label>): ReadonlyArray<string> =>
  (["distinct", "generated", "depth"] as const)
    .filter((name) => pinned[name] !== counts[name])
    .map((name) => `${name} is ${count(counts[name])}, but is pinned at ${count(pinned[name])}`)

/** What only a complete exploration can say: what did not happen. */
const missing = ({ mustFail }: Scope<Label>, found: Explored<Label>): ReadonlyArray<string> => [
  ...mustFail
    .filter(({ law }) => found.laws.every(({ id, verdict }) => id !== law || verdict !== "violated"))
    .map(({ law, length }) => `${law} must break in ${length} steps, but does not`),
  ...found.laws.filter(({ verdict }) => verdict === "never").map(({ id }) => `${id} never happens`)
]

/** What became of the laws in a few words: `all 27 hold`, or `DCP-L7 breaks in 9, L1 L5 in 11`. */
export const lawsInShort = ({ laws, complete }: Explored<Label>): string => {
  const violated = laws.filter(({ verdict }) => verdict === "violated")
  const lengths = [...new Set(violated.map(({ length = 0 }) => length))].sort((one, other) => one - other)
  const broken = lengths.map((length, index) => {
    const ids = violated.filter((law) => law.length === length).map(({ id }) => id)
    if (index > 0) return `${ids.map(withoutProtocol).join(" ")} in ${length}`
    return `${[ids[0], ...ids.slice(1).map(withoutProtocol)].join(" ")} ${ids.length === 1 ? "breaks" : "break"} in ${length}`
  })
  const never = laws.filter(({ verdict }) => verdict === "never").map(({ id }) => `${id} never happens`)
  if (broken.length + never.length > 0) return [...broken, ...never].join(", ")
  if (!complete) return "not all was seen"
  return laws.length === 1 ? "1 holds" : `all ${laws.length} hold`
}

const withoutProtocol = (id: string): string => id.replace(/^[^-]*-/, "")
