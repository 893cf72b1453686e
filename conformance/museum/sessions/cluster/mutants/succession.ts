/** Mutants M90 to M92, which are ours: a coordinator that does not begin, a node that goes back, a transition that cannot. */
import { type ClusterMutant, mutant } from "../mutant.ts"

export const succession: ReadonlyArray<ClusterMutant> = [
  mutant(
    "M90",
    {
      sentence:
        "A new coordinator waits until the one before it has stepped down, which may never learn that it should.",
      origin: "plausible",
      breaks: ["L6", "L3"]
    },
    { fencePrevious: "waitsForIt" }
  ),
  mutant(
    "M91",
    {
      sentence: "A node that starts goes over to its snapshot first, and to what it had applied since after that.",
      origin: "plausible",
      breaks: ["V1s"]
    },
    { startsWith: "snapshot" }
  ),
  mutant(
    "M92",
    {
      sentence: "A transition that has lost a replica waits until it comes back, though it was declared dead.",
      origin: "the design of 2023, scylladb PR 15847, which knows no way back",
      breaks: ["L4", "L3"]
    },
    { rollbackOn: "never" }
  )
]
