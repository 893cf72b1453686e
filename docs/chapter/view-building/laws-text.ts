/** The laws of view building as the chapter states them: a table of all, and each under a heading that reports point at. */
import { asPinned } from "../../../model/kernel/scope.ts"
import type { Law } from "../../../spec/law.ts"
import { assumptions } from "../../../spec/view-building/assumptions.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import {
  buildingLaws,
  coordinatorLaws,
  dataLaws,
  groupZeroLaws,
  waitingLaws,
  workerLaws
} from "../../../spec/view-building/laws.ts"
import { table } from "../exploring.ts"
import { lawLink } from "../exploring-of.ts"
import { numberOf, scopes } from "./exploring.ts"

type BuildingLaw = Law<ViewBuildingLabel>

const groups: Readonly<Record<string, ReadonlyArray<BuildingLaw>>> = {
  groupZero: groupZeroLaws,
  coordinator: coordinatorLaws,
  worker: workerLaws,
  data: dataLaws,
  waiting: waitingLaws
}

/** How many scopes whose names begin so judge each law. */
const judgedIn = (kind: string): ReadonlyMap<string, number> => {
  const counted = new Map<string, number>()
  for (const scope of scopes.filter(({ name }) => name.startsWith(`${kind}.`)))
    for (const { id } of scope.system(asPinned).laws) counted.set(id, (counted.get(id) ?? 0) + 1)
  return counted
}

const modalities: Readonly<Record<BuildingLaw["modality"], string>> = {
  always: "always",
  step: "step",
  history: "safety",
  leadsTo: "liveness",
  sometimes: "witness"
}

/** One row a law: what it says, of which kind it is, and in how many scopes it is judged. */
export const lawsTable = (): string => {
  const [coordinator, worker] = [judgedIn("coordinator"), judgedIn("worker")]
  return table(
    ["law", "it says", "kind", "follows", "`coordinator.*`", "`worker.*`"],
    buildingLaws.map((law) => [
      lawLink(numberOf(law.id)),
      law.sentence,
      modalities[law.modality],
      "follows" in law ? law.follows.name : "",
      String(coordinator.get(law.id) ?? "–"),
      String(worker.get(law.id) ?? "–")
    ])
  )
}

/** A group of laws, each under its heading. Whoever adds a law to the group finds it here without writing anything. */
export const lawsOf = (name: string): string => {
  const laws = groups[name]
  if (laws === undefined) throw new TypeError(`view building has no group ${name} of laws`)
  return laws.map((law) => `#### ${numberOf(law.id)}\n\n${paragraph(law)}`).join("\n\n")
}

const paragraph = (law: BuildingLaw): string => {
  const given = law.modality === "leadsTo" ? [`Given ${givenWords(law.given)}.`] : []
  const reading = law.reading === undefined ? [] : [`*Reading:* ${law.reading}`]
  return [`**${law.sentence}**`, ...given, ...reading, `*Source:* ${law.source}.`, seenToBreak(law.id)].join(" ")
}

const givenWords = (ids: ReadonlyArray<string>): string =>
  ids.length === assumptions.length ? `F1 to F${ids.length}` : ids.map(numberOf).join(", ")

/** The scopes that are pinned to break it, shortest story first. */
const seenToBreak = (id: string): string => {
  const places = scopes
    .flatMap(({ name, mustFail }) => mustFail.filter(({ law }) => law === id).map(({ length }) => ({ name, length })))
    .sort((one, other) => one.length - other.length)
  if (places.length === 0) return "*Breaks* in no scope."
  const told = places.slice(0, 4).map(({ name, length }) => `\`${name}\` (${length})`)
  return `*Breaks* in ${told.join(", ")}${places.length > 4 ? ` and ${places.length - 4} more` : ""}.`
}
