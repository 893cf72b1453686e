/** Mutants M93 to M95: conditional writes and hints. */
import { type ClusterMutant, mutant } from "../mutant.ts"

export const requests: ReadonlyArray<ClusterMutant> = [
  mutant(
    "M93",
    {
      sentence: "A replica accepts a proposal although it has promised a later one.",
      origin: "plausible",
      breaks: ["D7"]
    },
    { ballots: "forgotten" }
  ),
  mutant(
    "M94",
    {
      sentence: "A hint is sent without a token, so that no fence holds it up.",
      origin: "plausible",
      breaks: ["V4"]
    },
    { hintToken: "none" }
  ),
  mutant(
    "M95",
    {
      sentence: "A repair counts although writes that it has not seen are kept as hints.",
      origin: "plausible, as in scylladb repair/repair.cc before hints were flushed",
      breaks: ["D2"]
    },
    { repairCounts: "always" }
  )
]
