/** The generated parts of the chapter on view building, by the first word of their name. */
import type { Part } from "../markdown.ts"
import { talksTable } from "../talks-table.ts"
import { assumptionsTable } from "./assumptions-table.ts"
import { designsTable } from "./designs-table.ts"
import { scopeNamed } from "./exploring.ts"
import { hazardStory, hazardsTable } from "./hazards.ts"
import { lawsOf, lawsTable } from "./laws-text.ts"
import { lifePicture, lifeTable } from "./life-table.ts"
import { brokenWords, scopesCounted, scopesTable } from "./scopes-table.ts"

type Make = (words: ReadonlyArray<string>) => string

const makers: Readonly<Record<string, Make>> = {
  lifePicture,
  /** `life original2025`. */
  life: lifeTable,
  lawsTable,
  /** `laws groupZero`: each law of the group under its heading. */
  laws: ([group = ""]) => lawsOf(group),
  assumptions: assumptionsTable,
  hazards: hazardsTable,
  /** `hazard M34`: its shortest story. */
  hazard: ([number = ""]) => hazardStory(number),
  /** `designs worker`. */
  designs: designsTable,
  talks: () => talksTable("view-building"),
  /** `scopes coordinator`. */
  scopes: scopesTable,
  /** How many scopes there are, within a line. */
  scopesCounted,
  /** `breaks coordinator.switches`, within a line: the laws that it is pinned to break. */
  breaks: ([scope = ""]) => brokenWords(scopeNamed(scope).mustFail, " in ")
}

/** Makes a part of the chapter. Throws where its name says nothing, or where what it would claim is not so. */
export const makePart = async (part: Part): Promise<string> => {
  const [name = "", ...words] = part.name.split(" ")
  const make = makers[name]
  if (make === undefined) throw new TypeError(`nothing makes a part named "${part.name}"`)
  return make(words)
}
