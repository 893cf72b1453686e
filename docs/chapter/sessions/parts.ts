/** The generated parts of the chapter on sessions, by the first word of their name. */
import { renderCounterexample } from "../../../conformance/report/counterexample.ts"
import { clusterLaws } from "../../../spec/sessions/laws.ts"
import type { Part } from "../markdown.ts"
import { assumptionsTable } from "./assumptions-table.ts"
import { breaks, exploredScope, lawIn } from "./exploring.ts"
import { lawText } from "./laws-text.ts"
import { scopesTable } from "./scopes-table.ts"
import { stagesTable } from "./stages-table.ts"
import { wholeStorySample } from "./whole-story.ts"

type Make = (words: ReadonlyArray<string>) => string

/** The shortest story in which a law breaks in a scope, as the command line tells it. */
const story = (scope: string, number: string): string => {
  const law = clusterLaws.find(({ id }) => id === `SES-${number}`)
  const { story, length, why } = lawIn(exploredScope(scope), number)
  if (law === undefined || story === undefined || length === undefined || why === undefined)
    throw new TypeError(`${number} does not break in ${scope}`)
  const where = `sessions, ${scope}`
  const told = renderCounterexample({ law, where, story, length, why, replay: `sessions/${scope}/${law.id}` })
  return `\`\`\`text\n${told}\n\`\`\``
}

const makers: Readonly<Record<string, Make>> = {
  stages: stagesTable,
  scopes: scopesTable,
  wholeStory: wholeStorySample,
  assumptions: assumptionsTable,
  /** `law S6`. */
  law: ([number = ""]) => lawText(number),
  /** `story noWaiting D2`. */
  story: ([scope = "", number = ""]) => story(scope, number),
  /** `steps noWaiting D2`, within a line. */
  steps: ([scope = "", number = ""]) => String(lawIn(exploredScope(scope), number).length),
  /** `breaks asProposed`, within a line. */
  breaks: ([scope = ""]) => breaks(exploredScope(scope))
}

/** Makes a part of the chapter. Throws where its name says nothing, or where what it would claim is not so. */
export const makePart = async (part: Part): Promise<string> => {
  const [name = "", ...words] = part.name.split(" ")
  const make = makers[name]
  if (make === undefined) throw new TypeError(`nothing makes a part named "${part.name}"`)
  return make(words)
}
