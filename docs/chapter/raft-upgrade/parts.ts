/** The generated parts of the chapter on the way to group 0, by the first word of their name. */
import type { Part } from "../markdown.ts"
import { talksTable } from "../talks-table.ts"
import { assumptionsTable } from "./assumptions-table.ts"
import { designsTable } from "./designs-table.ts"
import { scopeNamed } from "./exploring.ts"
import { findingStory, findingsTable } from "./findings.ts"
import { lawsOf, lawsTable, witnessesTable } from "./laws-text.ts"
import { milestonesTable } from "./milestones.ts"
import { permissionsTable, permittedTable } from "./permissions.ts"
import { recipeStories, recipeTable } from "./recipe-table.ts"
import { restartTable } from "./restart-table.ts"
import { brokenWords, scopesCounted, scopesTable } from "./scopes-table.ts"
import { statesPicture } from "./states-picture.ts"
import { scopeStory, stepsTable } from "./steps-table.ts"

type Make = (words: ReadonlyArray<string>) => string

const makers: Readonly<Record<string, Make>> = {
  /** `states two twoFalls`: the scopes that are looked at. */
  states: statesPicture,
  /** `milestones twoFirstSync`. */
  milestones: milestonesTable,
  /** `permissions twoChanges`. */
  permissions: permissionsTable,
  /** The same in words, as the twin is held to it. */
  permitted: permittedTable,
  steps: stepsTable,
  /** `story noWriteLock S9`: the shortest in which a law breaks in a scope. */
  story: scopeStory,
  findings: findingsTable,
  /** `finding M28`. */
  finding: ([number = ""]) => findingStory(number),
  restarts: restartTable,
  talks: () => talksTable("raft-upgrade"),
  recipe: recipeTable,
  recipeStories,
  designs: designsTable,
  lawsTable,
  /** `laws crossing`: each law of the group under its heading. */
  laws: ([group = ""]) => lawsOf(group),
  witnesses: witnessesTable,
  assumptions: assumptionsTable,
  /** `scopes discovery`. */
  scopes: scopesTable,
  /** How many scopes there are, within a line. */
  scopesCounted,
  /** `breaks waitsForNobody`, within a line: the laws that it is pinned to break. */
  breaks: ([scope = ""]) => brokenWords(scopeNamed(scope).mustFail, " in ")
}

/** Makes a part of the chapter. Throws where its name says nothing, or where what it would claim is not so. */
export const makePart = async (part: Part): Promise<string> => {
  const [name = "", ...words] = part.name.split(" ")
  const make = makers[name]
  if (make === undefined) throw new TypeError(`nothing makes a part named "${part.name}"`)
  return make(words)
}
