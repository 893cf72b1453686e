/** Mutants M24 to M36: what a barrier asks for, whom, when, and what its success counts for. */
import { type ClusterMutant, mutant } from "../mutant.ts"

export const barriers: ReadonlyArray<ClusterMutant> = [
  mutant(
    "M24",
    {
      sentence: "A node does what a command says without a read barrier.",
      origin: "plausible",
      breaks: ["V5", "S6", "V2"]
    },
    { readBarrier: "never" }
  ),
  mutant(
    "M25",
    {
      sentence: "A node drains first, and waits for its read barrier then.",
      origin: "plausible",
      breaks: ["V5", "S6"]
    },
    { readBarrier: "last" }
  ),
  mutant(
    "M26a",
    {
      sentence: "A barrier that a node could not do succeeds all the same.",
      origin: "before scylladb commit ffe3262e8d; issues 26375, 26864",
      breaks: ["V5", "S10"]
    },
    { drainFailure: "tolerated" }
  ),
  mutant(
    "M27a",
    {
      sentence: "A barrier does not ask nodes that a tablet is coming to or going from.",
      origin: "scylladb commits a04ea7b997, 9aebd6dd96, 13d94576e5",
      breaks: ["V5", "S6"]
    },
    { barrierAsks: "settledNodes" }
  ),
  mutant(
    "M28",
    {
      sentence: "A barrier asks the replicas alone, and not nodes that only take requests.",
      origin: "scylladb PR 27185, closed for PR 27492",
      breaks: ["V2", "V5", "V5v"]
    },
    { barrierAsks: "replicas" }
  ),
  mutant(
    "M29",
    {
      sentence: "A tablet's barrier waits for nothing: it is `barrier` instead of `barrier_and_drain`.",
      origin: "plausible",
      breaks: ["S6", "V5v"]
    },
    { barrierCommand: "barrier" }
  ),
  mutant(
    "M30a",
    { sentence: "A barrier waits for versions and not for sessions.", origin: "plausible", breaks: ["V5s", "S6"] },
    { waitsFor: "versions" }
  ),
  mutant(
    "M30b",
    { sentence: "A barrier waits for sessions and not for versions.", origin: "plausible", breaks: ["V5v", "D5"] },
    { waitsFor: "sessions" }
  ),
  mutant(
    "M31a",
    {
      sentence: "The fence becomes the version at its commit, not the one before the barrier began.",
      origin: "scylladb commit fad6c41cee, issue 18699",
      breaks: ["V3c"]
    },
    { fenceVersion: "atCommit" }
  ),
  mutant(
    "M31b",
    {
      sentence: "The fence becomes the version that the next change will have.",
      origin: "plausible",
      breaks: ["V3", "V3c"]
    },
    { fenceVersion: "toCome" }
  ),
  mutant(
    "M32",
    {
      sentence: "Commands are not numbered, so that an older one may overtake a later one.",
      origin: "scylladb commit 96a1c661bd",
      breaks: ["V5"]
    },
    { commandChecks: "term" }
  ),
  mutant(
    "M33",
    {
      sentence: "A node does not look at the term: a barrier of a coordinator that was replaced counts.",
      origin: "plausible",
      breaks: ["V5"]
    },
    { commandChecks: "index" }
  ),
  mutant(
    "M34",
    {
      sentence: "A change of stage does not raise the version, so that nothing is ever old.",
      origin: "plausible, as in scylladb commit f5b41a8075",
      breaks: ["V1", "C1"]
    },
    { versionBump: "never" }
  ),
  mutant(
    "M35",
    {
      sentence: "A tablet's next transition is credited with the barriers of the last.",
      origin: "plausible, as in scylladb commit 77a4003cb4",
      breaks: ["S8"]
    },
    { barrierResult: "nextTransitionToo" }
  ),
  mutant(
    "M36",
    {
      sentence: "A barrier that began before a stage was committed is credited to that stage.",
      origin: "plausible",
      breaks: ["D5", "S8", "S10"]
    },
    { barrierResult: "nextStageToo" }
  )
]
