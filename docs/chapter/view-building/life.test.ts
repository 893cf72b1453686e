// Goal: the chapter's life of a task leaves nothing out. Method: look on while small scopes are explored; whatever becomes of a
// task there is a way that the table has, at a command of that kind.
import { describe, expect, test } from "vitest"
import { explore } from "../../../model/explorer/explore.ts"
import { original2025, reference } from "../../../model/view-building/variant.ts"
import { history, type Memory } from "../../../spec/law.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { Change } from "../../../spec/view-building/messages.ts"
import type { BuildingState } from "../../../spec/view-building/metadata.ts"
import { scopeNamed } from "./exploring.ts"
import { lifeUnder, movesBetween } from "./life.ts"

type Said = BuildingState | null

const last: Memory<Said, ViewBuildingLabel> = {
  name: "what group 0 said last",
  init: null,
  on: (said, label) => (label._tag === "Committed" ? label.state : said)
}

/** The number that a command has in the table. */
const numberOf = (change: Change): string => {
  switch (change._tag) {
    case "CreateView":
      return "t1"
    case "RegisterStaging":
      return "t2"
    case "StartTasks":
      return "begin"
    case "CollectTasks":
    case "FinishTasks":
      return "t3"
    case "DropView":
    case "DropTable":
    case "DropKeyspace":
      return "t4"
    case "MoveTablet":
      return change.to !== null ? "t5" : change.from === "cleanup_target" ? "t7" : "t6"
    case "Resize":
      return "t8"
    default:
      return change._tag
  }
}

const text = (step: string, move: object): string => `${step} ${JSON.stringify(move)}`

/** What becomes of tasks while a scope is explored, each once. */
const seenIn = (name: string, base: string): ReadonlyArray<string> => {
  const seen = new Set<string>()
  const onlooker = history<ViewBuildingLabel, Said>("VB-life", {
    sentence: "Somebody looks on.",
    source: "dossier view-building 2.1",
    follows: last,
    breaks: (said, label) => {
      if (label._tag === "Committed" && said !== null)
        for (const move of movesBetween(said, label.state)) seen.add(text(numberOf(label.change), move))
      return undefined
    }
  })
  explore({ ...scopeNamed(`coordinator.${name}`).system({ variant: { base }, without: [] }), laws: [onlooker] })
  return [...seen]
}

describe("view-building: chapter: life of a task", () => {
  for (const [base, variant, scopes] of [
    ["reference", reference, ["views", "reverted", "removedReplica", "stagingAlone"]],
    ["original2025", original2025, ["removedReplica", "views"]]
  ] as const)
    test(`view-building: chapter: life of a task: what exploring ${scopes.join(", ")} sees is in the table (${base})`, () => {
      const told = new Set(
        [...lifeUnder(variant)].flatMap(([step, moves]) => moves.map((move) => text(step.split(" ")[0] ?? "", move)))
      )
      const seen = scopes.flatMap((name) => seenIn(name, base))
      expect(seen.length).toBeGreaterThan(5)
      expect(seen.filter((move) => !told.has(move))).toEqual([])
    })
})
