/** The laws of the way to group 0 as the chapter states them: a table of all, each under a heading that reports point at, and the witnesses. */
import { mutants } from "../../../conformance/museum/raft-upgrade/mutants.ts"
import type { Law } from "../../../spec/law.ts"
import { assumptions } from "../../../spec/raft-upgrade/assumptions.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { laws, upgradeLaws } from "../../../spec/raft-upgrade/laws.ts"
import { witnessed } from "../../../spec/witness.ts"
import { table } from "../exploring.ts"
import { lawLink } from "../exploring-of.ts"
import { numberOf, scopes } from "./exploring.ts"

type UpgradeLaw = Law<RaftUpgradeLabel>

/** Laws by what they are about, in the order of the chapter. A law that is in none of them is missed by a test. */
const groups: Readonly<Record<string, ReadonlyArray<string>>> = {
  states: ["S5", "S6", "S7", "S15", "S16", "S19", "S21", "S22"],
  groups: ["S1", "S2", "S3", "S4", "S13", "S14", "S20", "S23"],
  crossing: ["S8", "S9", "S10", "S11", "S12", "S17", "S18", "S24", "V2"],
  waiting: upgradeLaws.filter(({ modality }) => modality === "leadsTo").map(({ id }) => numberOf(id))
}

/** Numbers of laws that no group of the chapter has. */
export const ungrouped: ReadonlyArray<string> = upgradeLaws
  .map(({ id }) => numberOf(id))
  .filter((number) => !Object.values(groups).flat().includes(number))

const modalities: Readonly<Record<UpgradeLaw["modality"], string>> = {
  always: "always",
  step: "step",
  history: "safety",
  leadsTo: "liveness",
  sometimes: "witness"
}

/** One row a law: what it says, of which kind it is, and how many scopes are pinned to break it. */
export const lawsTable = (): string =>
  table(
    ["law", "it says", "kind", "scopes that must break it"],
    upgradeLaws.map(({ id, sentence, modality }) => [
      lawLink(numberOf(id)),
      sentence,
      modalities[modality],
      String(scopes.filter(({ mustFail }) => mustFail.some(({ law }) => law === id)).length)
    ])
  )

/** A group of laws, each under its heading. */
export const lawsOf = (name: string): string => {
  const numbers = groups[name]
  if (numbers === undefined) throw new TypeError(`raft-upgrade has no group ${name} of laws`)
  return numbers
    .map((number) => {
      const law = upgradeLaws.find(({ id }) => numberOf(id) === number)
      if (law === undefined) throw new TypeError(`raft-upgrade has no law ${number}`)
      return `#### ${number}\n\n${paragraph(law)}`
    })
    .join("\n\n")
}

const paragraph = (law: UpgradeLaw): string => {
  const given = law.modality === "leadsTo" ? [`Given ${givenWords(law.given)}.`] : []
  const reading = law.reading === undefined ? [] : [`*Reading:* ${law.reading}`]
  const source = `*Source:* ${law.source}.`
  return [`**${law.sentence}**`, ...given, ...reading, source, seenToBreak(law.id), ...brokenBy(law.id)].join(" ")
}

const givenWords = (ids: ReadonlyArray<string>): string => {
  const missing = assumptions.filter(({ id }) => !ids.includes(id)).map(({ id }) => numberOf(id))
  if (missing.length === 0) return "all assumptions"
  return ids.length > missing.length ? `all assumptions but ${missing.join(", ")}` : ids.map(numberOf).join(", ")
}

/** The scopes that are pinned to break it, shortest story first. */
const seenToBreak = (id: string): string => {
  const places = scopes
    .flatMap(({ name, mustFail }) => mustFail.filter(({ law }) => law === id).map(({ length }) => ({ name, length })))
    .sort((one, other) => one.length - other.length)
  if (places.length === 0) return "*Breaks* in no scope."
  const told = places.slice(0, 4).map(({ name, length }) => `\`${name}\` (${length})`)
  return `*Breaks* in ${told.join(", ")}${places.length > 4 ? ` and ${places.length - 4} more` : ""}.`
}

/** The mutants of the museum that it finds. */
const brokenBy = (id: string): ReadonlyArray<string> => {
  const found = mutants.filter(
    ({ breaks, lawful, same }) => breaks.includes(id) && lawful === undefined && same === undefined
  )
  return found.length === 0 ? [] : [`*Mutants:* ${found.map((mutant) => mutant.id).join(", ")}.`]
}

/** One row a witness: what must come to happen, and the laws that would be empty without it. */
export const witnessesTable = (): string =>
  table(
    ["", "what happens", "for"],
    laws
      .filter(({ modality }) => modality === "sometimes")
      .map((witness) => [
        numberOf(witness.id),
        witness.sentence,
        witnessed(witness)
          .map((id) => lawLink(numberOf(id)))
          .join(", ")
      ])
  )
