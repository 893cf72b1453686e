/** The halves of M01 and M13 that concern a whole node: what becomes of a fence whose sessions admit too much, or tell nobody. */
import { reference } from "../../../../../model/sessions/cluster/variant.ts"
import { type ClusterMutant, mutant } from "../mutant.ts"

export const registries: ReadonlyArray<ClusterMutant> = [
  mutant(
    "M01b",
    {
      sentence: "A node admits work to a session that it has registered, though it is closing.",
      origin: "plausible",
      breaks: ["S7", "S6"]
    },
    { registry: { ...reference.registry, enter: "registered" } }
  ),
  mutant(
    "M13b",
    {
      sentence: "A receiver is not told that its session closes, and waits for rows that nobody sends.",
      origin: "scylladb commit 1c38fa9cdb, SCYLLADB-1805, issue 26281",
      breaks: ["L5", "L1"]
    },
    { closing: "waits" }
  )
]
