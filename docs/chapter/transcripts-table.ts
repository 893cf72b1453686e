/** Where the reference tells something else than the real module was recorded to tell, by class. */
import { count } from "../../conformance/report/counts.ts"
import { differencesByClass, recording, replay } from "../../conformance/transcripts/replay.ts"
import { asShipped, beforeFix, reference } from "../../model/dcp/variants.ts"
import { table } from "./exploring.ts"

const shipped = recording("dcp-consumer-connection")
const unfixed = recording("dcp-consumer-connection-before-fix")

const meaning: Readonly<Record<string, string>> = {
  matchRule:
    "an end that the module ignores because its opaque is not in a list of vBuckets, or takes although it is stale",
  endOfTakeover: "a takeover whose stream ended, which the module leaves waiting",
  ownerUnderShut: "a shut over a set-up, whose first caller the module forgets",
  tolerateOnClose: "0x0a on a close, which the module reports as an error",
  "several together": "a step that takes more than one repair to explain"
}

/** One row a class; `runs` counts the runs that first differ because of it. */
export const differencesTable = (): string =>
  table(
    ["first difference because of", "runs", "in the recording"],
    [...differencesByClass(shipped, reference)].map(([name, runs]) => [
      name in meaning && name !== "several together" ? `\`${name}\`` : name,
      count(runs),
      meaning[name] ?? "not described"
    ])
  )

/** How far the two shipped variants agree with the recordings. */
export const agreement = (): string => {
  const lines = [
    ["`asShipped`", "ns_server at `038347f13`", replay(shipped, asShipped)] as const,
    ["`beforeFix`", "the parent of `77956b29c`", replay(unfixed, beforeFix)] as const
  ]
  return table(
    ["variant", "recorded of", "runs", "steps", "differences"],
    lines.map(([variant, of, { runs, steps, differences }]) => [
      variant,
      of,
      count(runs),
      count(steps),
      count(differences.length)
    ])
  )
}

/** How many recorded runs die in the log call of M23. */
export const logCrashes = (): string => {
  const dies = shipped.filter(({ steps }) =>
    steps.some(({ outputs }) => outputs.some((output) => output._tag === "Crash" && output.reason === "badarg"))
  )
  return `${count(dies.length)} of the ${count(shipped.length)} recorded runs end in that log call.`
}
