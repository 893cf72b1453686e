/** The other half of mutant M58, and M97: splits and merges under a transition. */
import { type ClusterMutant, mutant } from "../mutant.ts"

export const resizes: ReadonlyArray<ClusterMutant> = [
  mutant(
    "M58b",
    {
      sentence: "An operation goes over to new metadata even when its table was split or merged under it.",
      origin: "scylladb commit b23f2a2425, issue 26437",
      breaks: ["V2"]
    },
    { guardMinds: "stage" },
    {
      trials: ["a repair, a split"],
      why: "a table is not resized under a transition, and the barrier at a transition's end leaves no operation for it"
    }
  ),
  mutant(
    "M97",
    {
      sentence: "A table is split or merged while a tablet of it is in transition.",
      origin: "ours, beside scylladb issue 26437",
      breaks: ["V8"],
      seenIn: "a repair, a split"
    },
    { resizes: "anyTime" }
  )
]
