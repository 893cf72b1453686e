/** Mutant M96: what a coordinator keeps to itself, and for how long. */
import { type ClusterMutant, mutant } from "../mutant.ts"

export const coordinators: ReadonlyArray<ClusterMutant> = [
  mutant(
    "M96",
    {
      sentence:
        "A coordinator forgets what it did for a transition once it hears of the end's commit, and it may never.",
      origin: "ours, as in scylladb commit 77a4003cb4",
      breaks: ["S10"],
      seenIn: "two migrations, a commit is not heard of"
    },
    { forgets: "withTheCommit" }
  )
]
