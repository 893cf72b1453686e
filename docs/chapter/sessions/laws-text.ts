/** Every law as the chapter on sessions states it: its sentence, where it comes from, and where it is seen to break. */

import { scopes } from "../../../model/sessions/cluster/scopes.ts"
import { registryScopes } from "../../../model/sessions/registry/scopes.ts"
import { topologyScopes } from "../../../model/sessions/topology/scopes.ts"
import { topologyLaws } from "../../../spec/sessions/laws/topology.ts"
import { clusterLaws } from "../../../spec/sessions/laws.ts"
import { registryLaws } from "../../../spec/sessions/registry/laws.ts"
import { numberOf } from "./exploring.ts"

const laws = [...clusterLaws, ...topologyLaws, ...registryLaws]

/** Laws that the chapter has a heading for, by number; witnesses have none. */
export const lawNumbers: ReadonlyArray<string> = laws
  .filter(({ modality }) => modality !== "sometimes")
  .map(({ id }) => numberOf(id))

/** The law as one paragraph. */
export const lawText = (number: string): string => {
  const law = laws.find(({ id }) => id === `SES-${number}`)
  if (law === undefined) throw new TypeError(`sessions has no law ${number}`)
  const given =
    law.modality === "leadsTo" && law.given.length > 0 ? [`Given ${law.given.map(numberOf).join(", ")}.`] : []
  const reading = law.reading === undefined ? [] : [`*Reading:* ${law.reading}`]
  return [`**${law.sentence}**`, ...given, ...reading, `*Source:* ${law.source}.`, seenToBreak(law.id)].join(" ")
}

/** The scopes that are pinned to break it, shortest story first. */
const seenToBreak = (id: string): string => {
  const places = [...scopes, ...topologyScopes, ...registryScopes]
    .flatMap(({ name, mustFail }) => mustFail.filter(({ law }) => law === id).map(({ length }) => ({ name, length })))
    .sort((one, other) => one.length - other.length)
  if (places.length === 0) return "*Breaks* in no scope; mutants of the museum break it."
  const told = places.slice(0, 4).map(({ name, length }) => `\`${name}\` (${length})`)
  return `*Breaks* in ${told.join(", ")}${places.length > 4 ? ` and ${places.length - 4} more` : ""}.`
}
