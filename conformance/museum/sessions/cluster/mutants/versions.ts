/** Mutants M37 to M43: who holds which version, and what becomes of requests that are older than the fence. */
import { type ClusterMutant, mutant } from "../mutant.ts"

export const versions: ReadonlyArray<ClusterMutant> = [
  mutant(
    "M37",
    {
      sentence: "An operation that is told of new metadata takes hold of what it replaces once more.",
      origin: "scylladb commit 2d4cd9c574",
      breaks: ["L2"]
    },
    { operationPins: "oneBehind" }
  ),
  mutant(
    "M38",
    {
      sentence: "A replica looks at the fence before it writes, and the fence may rise before the write counts.",
      origin: "scylladb commit 24f8962938, issue 26150",
      breaks: ["V4"]
    },
    { fenceChecks: "before" }
  ),
  mutant(
    "M39",
    {
      sentence: "A replica does not hold its metadata while it serves.",
      origin: "scylladb commit df73f723a6, issues 26864, 26801",
      breaks: ["D3"]
    },
    { replicaPins: "no" }
  ),
  mutant(
    "M40",
    {
      sentence: "A node's requests to its own tables are fenced, and group 0's log is kept in one of them.",
      origin: "scylladb commit f1dea4bc8a, issue 16423",
      breaks: ["L1", "L3"]
    },
    { localRequests: "fenced" }
  ),
  mutant(
    "M41",
    {
      sentence: "A node that starts goes over to the fence before it goes over to metadata.",
      origin: "scylladb commit 41b950dd21, issue 14303",
      breaks: ["V3s"]
    },
    { startsWith: "fence" }
  ),
  mutant(
    "M42",
    {
      sentence: "A node that is shut down neither ends nor cancels the requests that it takes care of.",
      origin: "scylladb commit 2927f0dd21, SCYLLADB-1842",
      breaks: ["L8", "L1"]
    },
    { shutdown: "keepsRequests" }
  ),
  mutant(
    "M43",
    {
      sentence: "A node that is ignored is skipped by barriers and repairs, and still talked with.",
      origin: "plausible",
      breaks: ["D2r", "D4"]
    },
    { ignoredNodes: "reachable" }
  )
]
