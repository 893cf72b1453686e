/** Stories of the chapter as text and as pictures, each the shortest that the explorer finds. */
import { renderCounterexample } from "../../conformance/report/counterexample.ts"
import { dcpDiagram } from "../../conformance/report/dcp-story.ts"
import { type Event, note, stepsDrawn } from "../../conformance/report/diagram.ts"
import { renderSvg } from "../../conformance/report/svg-diagram.ts"
import type { LawResult } from "../../model/explorer/exploration.ts"
import type { Overrides } from "../../model/kernel/scope.ts"
import type { DcpLabel } from "../../spec/dcp/labels.ts"
import { laws } from "../../spec/dcp/laws.ts"
import { exploredScope, lawIn } from "./exploring.ts"

type Story = Required<Pick<LawResult<DcpLabel>, "story" | "length" | "why">>

const storyOf = (scope: string, number: string, variant: Overrides["variant"] = {}): Story => {
  const { story, length, why } = lawIn(exploredScope(scope, { variant }), number)
  if (story === undefined || length === undefined || why === undefined)
    throw new TypeError(`${number} does not break in ${scope}`)
  return { story, length, why }
}

/** The shortest story in which a law breaks in a scope, as the command line tells it. */
export const counterexample = (scope: string, number: string): string => {
  const law = laws.find(({ id }) => id === `DCP-${number}`)
  if (law === undefined) throw new TypeError(`dcp has no law ${number}`)
  const told = renderCounterexample({
    law,
    where: `dcp, ${scope}`,
    ...storyOf(scope, number),
    replay: `dcp/${scope}/${law.id}`
  })
  return `\`\`\`text\n${told}\n\`\`\``
}

/** The same as a picture, under a title of its own. Who waits at its end is said beside the callers. */
export const picture = (title: string, scope: string, number: string, variant: Overrides["variant"] = {}): string => {
  const { story, why } = storyOf(scope, number, variant)
  const drawn = dcpDiagram(title, story)
  const waits: Event = { ...note(["caller"], why), step: stepsDrawn(drawn) }
  return renderSvg(number.startsWith("L") ? { ...drawn, events: [...drawn.events, waits] } : drawn)
}
