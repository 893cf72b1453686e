/** What the dossier suspects at HEAD (5b), and the scope that confirms or refutes it. */
import { count } from "../../../conformance/report/counts.ts"
import { table } from "../exploring.ts"
import { lawLink } from "../exploring-of.ts"
import { numberOf, scopes, storyText } from "./exploring.ts"
import { brokenWords } from "./scopes-table.ts"

interface Hazard {
  /** The scopes that show it, the first of them with its story. Found by its number where there is one scope that names it. */
  readonly scopes?: ReadonlyArray<string>
  /** The law whose story is told. The first that the scope is pinned to break where none is given. */
  readonly law?: string
  /** What ships, in a few words. */
  readonly ships: string
  /** What the reference does instead. */
  readonly repaired: string
}

const hazards: Readonly<Record<string, Hazard>> = {
  M33: { ships: "a batch keeps an sstable that was rewritten under another name", repaired: "goes by the new name" },
  M34: {
    scopes: ["worker.truncatesAnytime"],
    law: "D3",
    ships: "a truncation does not wait for a build that has read",
    repaired: "waits"
  },
  M35: {
    scopes: ["worker.startsForTheDead"],
    ships: "a batch begins with what was aborted since the barrier",
    repaired: "looks again with the mutex in hand"
  },
  M36: {
    scopes: ["worker.absorbsWhatever"],
    ships: "an answered call waits for whatever batch runs by then",
    repaired: "absorbs the batch that it waited for"
  },
  M37: {
    scopes: ["coordinator.asShippedRollback"],
    ships: "a rollback revives other tablets' tasks",
    repaired: "revives those of its tablet"
  },
  M38: { ships: "a generator that shuts down counts as one that has finished", repaired: "the attempt has failed" },
  M39: {
    scopes: ["coordinator.asShippedRevert"],
    ships: "a staging task outlives the replica that did not come",
    repaired: "goes with the revert"
  },
  M40: {
    scopes: ["coordinator.asShippedDrop", "worker.registersForTheDropped"],
    law: "S7",
    ships: "staging tasks outlive their table, and new ones are made",
    repaired: "go with the table, and none is made"
  },
  M41: {
    scopes: ["worker.registersAsItCame"],
    ships: "an sstable is registered for the tablet that it came for",
    repaired: "for the tablet that it belongs to by then"
  },
  M42: {
    scopes: ["worker.asShippedFallen"],
    law: "S16",
    ships: "a node that comes back puts sstables to tasks that are done",
    repaired: "queues them, and uses tasks of its own making alone"
  },
  M43: {
    scopes: ["worker.cleansOtherShards"],
    law: "S15",
    ships: "a cleanup forgets what another shard is to register",
    repaired: "forgets what its own shard has"
  },
  M44: {
    scopes: ["coordinator.asShippedSleep"],
    law: "L6",
    ships: "the main loop hears nothing between its look and its sleep",
    repaired: "looks again"
  },
  M45: {
    scopes: ["coordinator.asShippedDrain"],
    law: "S10",
    ships: "a node that leaves keeps STARTED",
    repaired: "SUCCESS is for every node that has a status"
  },
  M46: {
    scopes: ["worker.observerKeepsApply"],
    ships: "the observer keeps its node from applying",
    repaired: "goes by a copy"
  },
  M61: {
    scopes: ["worker.readsViewsLate"],
    law: "S17",
    ships: "the views that a flush is for are read after its wait",
    repaired: "reads them first of all"
  }
}

/** The numbers of the hazards that the chapter is about. */
export const hazardNumbers: ReadonlyArray<string> = Object.keys(hazards)

const hazardNamed = (number: string): Hazard => {
  const hazard = hazards[number]
  if (hazard === undefined) throw new TypeError(`the chapter knows no hazard ${number}`)
  return hazard
}

/** The scopes that show a hazard: those that are named, or the one that says so. None where it has yet to be modelled. */
const scopesOf = (number: string) => {
  const { scopes: named } = hazardNamed(number)
  return named === undefined
    ? scopes.filter(({ about }) => new RegExp(`\\b${number}\\b`).test(about)).slice(0, 1)
    : named.map((name) => {
        const scope = scopes.find((one) => one.name === name)
        if (scope === undefined) throw new TypeError(`no scope ${name} shows ${number}`)
        return scope
      })
}

/** One row a hazard: what ships, what it breaks and where, and what the reference does. */
export const hazardsTable = (): string =>
  table(
    ["", "HEAD", "breaks, in steps", "scope", "the reference"],
    Object.entries(hazards).map(([number, { ships, repaired }]) => {
      const shown = scopesOf(number)
      const broken = shown.map(({ mustFail }) => brokenWords(mustFail)).join("; ")
      const where = shown.map(({ name }) => `\`${name}\``).join(", ")
      return [`[${number}](#${number.toLowerCase()})`, ships, shown.length === 0 ? "–" : broken, where || "–", repaired]
    })
  )

/** The shortest story of a hazard as the command line tells it, and what else it breaks. */
export const hazardStory = (number: string): string => {
  const [scope] = scopesOf(number)
  if (scope === undefined) return "No scope of the model shows it yet."
  const law = hazardNamed(number).law ?? scope.mustFail.map((one) => numberOf(one.law))[0]
  if (law === undefined) return `\`${scope.name}\`: every law holds in ${count(scope.pinned.distinct)} states.`
  const others = scope.mustFail.filter((one) => one.law !== `VB-${law}`)
  const besides =
    others.length === 0
      ? []
      : [
          "",
          `The same also breaks ${others.map((one) => `${lawLink(numberOf(one.law))} in ${one.length}`).join(", ")}.`
        ]
  return ["```text", storyText(scope.name, law), "```", ...besides].join("\n")
}
