/** Mutants M62 to M78: how stages follow each other, what they wait for, and what becomes of data meanwhile. */
import { type ClusterMutant, mutant } from "../mutant.ts"

export const stages: ReadonlyArray<ClusterMutant> = [
  mutant(
    "M62",
    {
      sentence: "A transition that goes back from streaming keeps its session.",
      origin: "scylladb commit 8ffb5f27c7, issue 17682",
      breaks: ["S11"]
    },
    { sessionClear: "forwards" }
  ),
  mutant(
    "M63",
    {
      sentence: "A transition that goes on from streaming keeps its session.",
      origin: "plausible",
      breaks: ["S11"]
    },
    { sessionClear: "backwards" }
  ),
  mutant(
    "M64",
    {
      sentence: "A target that is given up is cleaned without a barrier first.",
      origin: "scylladb commit 67f1c6d36c, issue 26512",
      breaks: ["D5", "D3"]
    },
    { barrierBeforeCleanup: "no" }
  ),
  mutant(
    "M65",
    {
      sentence: "A transition ends without a barrier: a late cleanup goes on into what comes next.",
      origin: "plausible",
      breaks: ["S8o"]
    },
    { barrierAtEnd: "no" }
  ),
  mutant(
    "M66",
    {
      sentence: "Once reads have switched, a transition goes back for reads and writes in one step.",
      origin: "scylladb commit f06094aa95",
      breaks: ["V6"]
    },
    { fallBack: "atOnce" }
  ),
  mutant(
    "M67",
    {
      sentence: "The way back waits for another barrier, which succeeds without the dead replica and leads forwards.",
      origin: "scylladb commits 7c331b7319 and b12f46babd",
      breaks: ["C4"]
    },
    { rollbackWaits: "forBarrier" }
  ),
  mutant(
    "M68",
    {
      sentence: "Any failed barrier leads back, although no replica is lost.",
      origin: "plausible",
      breaks: ["C3"]
    },
    { rollbackOn: "anyFailure" }
  ),
  mutant(
    "M69",
    {
      sentence: "Streaming begins before every node sends writes to both replicas.",
      origin: "plausible",
      breaks: ["D1", "S10"]
    },
    { barrierBeforeStreaming: "no" }
  ),
  mutant(
    "M70a",
    {
      sentence: "Reads go to the new replica while it is being filled.",
      origin: "plausible",
      breaks: ["D4", "V7"]
    },
    { switches: "readsWithStreaming" }
  ),
  mutant(
    "M70b",
    {
      sentence: "Writes leave the old replica as soon as reads begin to, while some still read there.",
      origin: "plausible",
      breaks: ["V7", "D4"]
    },
    { switches: "writesWithReads" }
  ),
  mutant(
    "M71",
    {
      sentence: "A tablet that moves within a node may go back once reads have switched.",
      origin: "plausible",
      breaks: ["D1"]
    },
    { intranodeGoesBack: "always" },
    {
      trials: ["a migration within a node that is lost"],
      why: "it goes back only for a replica that is lost, and both of its replicas are on one node"
    }
  ),
  mutant(
    "M72",
    {
      sentence: "A restore ends in the command that clears its session, without a barrier.",
      origin: "dossier sessions Q3; scylladb PR 21088",
      breaks: ["S8"]
    },
    { restoreEnds: "atOnce" }
  ),
  mutant(
    "M73",
    {
      sentence: "A command is effective whatever has been committed since it was computed.",
      origin: "scylladb commit 1552044615, issue 15061",
      breaks: ["C1"]
    },
    { commits: "blind" }
  ),
  mutant(
    "M74",
    {
      sentence: "A new coordinator sets to work without taking from older ones the right to commit.",
      origin: "plausible",
      breaks: ["C1a"]
    },
    { fencePrevious: "no" }
  ),
  mutant(
    "M75",
    {
      sentence: "A node that starts again makes room for a tablet that it has cleaned up, and never drops it.",
      origin: "scylladb commit 34f15ca871, issue 23481",
      breaks: ["D3"]
    },
    { storageAtStart: "forEveryReplica" }
  ),
  mutant(
    "M76",
    {
      sentence: "A replica that is being filled forgets a tombstone before what that covers has come in.",
      origin: "scylladb PR 20788",
      breaks: ["D2"]
    },
    { purgeOnPending: "yes" }
  ),
  mutant(
    "M77",
    {
      sentence: "A rebuild that adds no replica skips its repair.",
      origin: "scylladb commit 37600bbea8",
      breaks: ["D6"]
    },
    { rebuildRepairs: "onlyForPending" }
  ),
  mutant(
    "M78",
    {
      sentence: "A stream to a full disk is tried again for ever.",
      origin: "scylladb commit 7cfedb1214",
      breaks: ["L3"]
    },
    { fullDisk: "triesAgain" }
  )
]
