/** What was found behind an adapter as the commands show it. */

import type { StoryStep } from "../../model/explorer/errors.ts"
import { reported } from "../kit/reported.ts"
import { type Case, lawCase, verdictOf } from "../remote/cases.ts"
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
    laws: lawVerdicts(result, cases),
    verdict: verdictOf(cases),
    divergences: [...lawStories(result), ...(named ? variantStories(result) : []), ...tourStory(result)]
  }
}

/** Nothing is said of any law where the adapter is in trouble. */
const lawVerdicts = <L extends Label>(
  { role, laws, trouble }: RemoteResult<L, unknown>,
  cases: ReadonlyArray<Case>
): ProtocolResult["laws"] =>
  trouble !== undefined
    ? []
    : laws.map(({ id }) => ({
        id,
        verdict: cases.find((one) => one.id === lawCase(role, id))?.verdict ?? "not-applicable"
      }))

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
        // A law does not say what would have been right, only what never is.
        expected: [law.sentence],
        actual: [why],
        law: { id, sentence: law.sentence }
      }
    ]
  })

const variantStories = <L extends Label>(result: RemoteResult<L, unknown>): ReadonlyArray<Divergence> =>
  result.variants.flatMap(({ name, divergence }) =>
    divergence === undefined ? [] : [{ ...reported(divergence, result.laws), variant: name }]
  )

const tourStory = <L extends Label>({ tour, laws }: RemoteResult<L, unknown>): ReadonlyArray<Divergence> =>
  tour?.divergence === undefined ? [] : [{ ...reported(tour.divergence, laws), variant: tour.variant }]

/** How far a tour went, in numbers. */
export const coverageOf = <L, O>({ tour }: RemoteResult<L, O>): Coverage | undefined => {
  if (tour === undefined) return undefined
  const { variant, transitions, untried, traces, inputs, remains } = tour
  return { variant, transitions, untried, traces, inputs, ...(remains === undefined ? {} : { remains }) }
}

/** How far a tour went, in one line. */
export const tourLine = ({ role, tour }: RemoteResult<unknown, unknown>): string => {
  if (tour === undefined) return ""
  const { variant, transitions, untried, traces, inputs, divergence } = tour
  const share = untried === 0 ? "all" : `${transitions} of at least`
  const parted = divergence === undefined ? "0 divergences" : "1 divergence"
  return `tour of ${role}, ${variant}: ${share} ${transitions + untried} transitions in ${traces} traces of ${inputs} inputs, ${parted}`
}

/** How far walks came in the last variant that explains what was seen, in one line. */
export const reachedLine = ({ role, variants }: RemoteResult<unknown, unknown>): string => {
  const last = variants.findLast(({ verdict, reached }) => verdict === "pass" && reached !== undefined)
  if (last?.reached === undefined) return ""
  const { sets, rules, choices } = last.reached
  return `guided walks of ${role}, ${last.name}: ${sets} sets of possible states, by ${choices} choices of ${rules} rules`
}

/** Both relations in one line: whether it obeys the laws, and which variants explain what was seen. */
export const variantLine = ({
  role,
  implementation,
  variants,
  findings,
  broken
}: RemoteResult<unknown, unknown>): string => {
  const missing = findings.filter(({ what, verdict }) => verdict === "unsupported" && what.startsWith("inputs/"))
  if (missing.length > 0)
    return `${implementation} as ${role} does not support every input, so no law and no design is claimed for it`
  const followed = variants.filter(({ verdict }) => verdict === "pass").map(({ name }) => name)
  if (variants.length === 0) return ""
  const number = broken.length
  const obeys = number === 0 ? "obeys the laws" : `breaks ${number} ${number === 1 ? "law" : "laws"}`
  const about = `${implementation} as ${role} ${obeys}, and follows`
  if (followed.length > 0) return `${about} ${followed.join(", ")}`
  const all = variants.map(({ name }) => name).join(", ")
  return `${about} none of ${all}${number === 0 ? ": it is of a design of its own" : ""}`
}
