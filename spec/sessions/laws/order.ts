/** Laws about what has to come before what: C1a, D6. */
import { history } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import { type Acting, acting } from "../memories/acting.ts"
import { type Rebuilds, rebuilds } from "../memories/rebuilds.ts"

export const C1a = history<ClusterLabel, Acting>("SES-C1a", {
  sentence: "Once a coordinator has asked for a barrier, no coordinator of an earlier term commits anything.",
  source: "dossier sessions 4.1, C1, and 2.1; service/topology_coordinator.cc fence_previous_coordinator",
  reading: "C1 is about coordinators that have committed. One that acts before it does is no better off.",
  follows: acting,
  breaks: ({ term }, label) =>
    label._tag === "Committed" && label.by._tag === "Coordinator" && term !== null && label.by.term < term
      ? `the coordinator of term ${label.by.term} commits, and that of term ${term} is at work already`
      : undefined
})

export const D6 = history<ClusterLabel, Rebuilds>("SES-D6", {
  sentence: "A rebuild that repairs first goes on to stream only once a repair has been done.",
  source: "dossier sessions 3.2, and 5, M77; scylladb commit 37600bbea8",
  reading:
    "A quorum of the replicas before may be none of the replicas after, if none of those that stay learns from the others (D1).",
  follows: rebuilds,
  breaks: (before, label) => {
    if (label._tag !== "Committed") return undefined
    const skipped = label.metadata.tablets.find(
      ({ tablet, transition }) =>
        transition?.stage === "streaming" &&
        before.going.some((rebuild) => rebuild.tablet === tablet && !rebuild.repaired)
    )
    return skipped === undefined ? undefined : `${skipped.tablet} goes on to stream, and nobody has repaired it`
  }
})
