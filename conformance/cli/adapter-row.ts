/** What was found behind an adapter as the commands show it. */

import type { StoryStep } from "../../model/explorer/errors.ts"
import { reported } from "../kit/reported.ts"
import { type Case, verdictOf } from "../remote/cases.ts"
import type { RemoteResult } from "../remote/remote-result.ts"
import type { Divergence } from "../report/divergence.ts"
import type { ProtocolResult } from "../report/report.ts"
import type { Coverage } from "../report/run/lines.ts"
import type { Label } from "../report/story.ts"

/** A row of the table, with its stories. Differences from variants that were not asked for are no stories. */
export const adapterRow = <L extends Label>(
  result: RemoteResult<L, unknown>,
  cases: ReadonlyArray<Case>,
  named: boolean
): ProtocolResult => {
  const [protocol = "", role = ""] = result.role.split("/")
  return {
    protocol,
    role,
    way: result.way,
    runs: result.runs,
    commands: result.inputs,
    laws: lawVerdicts(result),
    verdict: verdictOf(cases),
    divergences: [...lawStories(result), ...(named ? variantStories(result) : []), ...tourStory(result)]
  }
}

/** Nothing is said of any law where the adapter is in trouble. */
const lawVerdicts = <L extends Label>({ laws, broken, trouble }: RemoteResult<L, unknown>): ProtocolResult["laws"] =>
  trouble !== undefined
    ? []
    : laws.map(({ id }) => ({ id, verdict: broken.some(({ law }) => law === id) ? "fail" : "pass" }))

const lawStories = <L extends Label>(result: RemoteResult<L, unknown>): ReadonlyArray<Divergence> =>
  result.broken.flatMap(({ law: id, why, labels }): ReadonlyArray<Divergence> => {
    const law = result.laws.find((one) => one.id === id)
    if (law === undefined) return []
    const { implementation, role } = result
    const story = labels.map((label): StoryStep<L> => ({ rule: "input", actor: role, labels: [label] }))
    return [
      {
        implementation,
        role,
        relation: "laws",
        story,
        expected: [],
        actual: [],
        law: { id, sentence: law.sentence, why }
      }
    ]
  })

const variantStories = <L extends Label>(result: RemoteResult<L, unknown>): ReadonlyArray<Divergence> =>
  result.variants.flatMap(({ divergence }) => (divergence === undefined ? [] : [reported(divergence, result.laws)]))

const tourStory = <L extends Label>({ tour, laws }: RemoteResult<L, unknown>): ReadonlyArray<Divergence> =>
  tour?.divergence === undefined ? [] : [reported(tour.divergence, laws)]

/** How far a tour went, in numbers. */
export const coverageOf = <L, O>({ tour }: RemoteResult<L, O>): Coverage | undefined => {
  if (tour === undefined) return undefined
  const { variant, transitions, untried, traces, inputs } = tour
  return { variant, transitions, untried, traces, inputs }
}

/** How far a tour went, in one line. */
export const tourLine = ({ role, tour }: RemoteResult<unknown, unknown>): string => {
  if (tour === undefined) return ""
  const { variant, transitions, untried, traces, inputs, divergence } = tour
  const share = untried === 0 ? "all" : `${transitions} of at least`
  const parted = divergence === undefined ? "0 divergences" : "1 divergence"
  return `tour of ${role}, ${variant}: ${share} ${transitions + untried} transitions in ${traces} traces of ${inputs} inputs, ${parted}`
}

/** Which variants explain what was seen, in one line. */
export const variantLine = ({ role, implementation, variants }: RemoteResult<unknown, unknown>): string => {
  const followed = variants.filter(({ verdict }) => verdict === "pass").map(({ name }) => name)
  if (followed.length > 0) return `${implementation} as ${role} follows ${followed.join(", ")}`
  if (variants.length === 0) return ""
  const all = variants.map(({ name }) => name).join(", ")
  return `${implementation} as ${role} follows none of ${all}: it is of a design of its own`
}
