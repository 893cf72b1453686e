/** Mutants M16 to M23: what a shard makes of metadata, and which guards are taken under it. */
import { type ClusterMutant, mutant } from "../mutant.ts"

export const openSets: ReadonlyArray<ClusterMutant> = [
  mutant(
    "M16",
    {
      sentence: "Only the first shard of a node has sessions: rows that it hands on are written under no guard.",
      origin: "plausible",
      breaks: ["S6"]
    },
    { receiverGuard: "firstShardOnly" }
  ),
  mutant(
    "M17a",
    { sentence: "The topology's session is left out of the open set.", origin: "plausible", breaks: ["S1"] },
    { openSet: "tabletsOnly" }
  ),
  mutant(
    "M18",
    {
      sentence: "Only sessions of tablets that a command changed are opened, and all others are closed.",
      origin: "scylladb PR 31192 (a variant of it)",
      breaks: ["S1", "S10"]
    },
    { openSet: "changedTablets" }
  ),
  mutant(
    "M19",
    {
      sentence: "A shard goes over to new metadata in one step and to its sessions in another.",
      origin: "plausible",
      breaks: ["S1", "S7"]
    },
    { sessionsFollow: "later" }
  ),
  mutant(
    "M20",
    {
      sentence: "A node that is sent a snapshot does not recompute its sessions.",
      origin: "plausible",
      breaks: ["S1", "S10"]
    },
    { recompute: "notAfterSkipping" }
  ),
  mutant(
    "M21a",
    { sentence: "A node has no sessions after a restart.", origin: "plausible", breaks: ["S1", "S10"] },
    { afterRestart: "missing" }
  ),
  mutant(
    "M21b",
    {
      sentence: "A node has its sessions again after a restart, and they are closing.",
      origin: "plausible",
      breaks: ["S1"]
    },
    { afterRestart: "closing" }
  ),
  mutant(
    "M22",
    {
      sentence: "A node that jumps over the end of a session's life keeps the session open.",
      origin: "plausible",
      breaks: ["S1", "S5c"]
    },
    { recompute: "opensAfterSkipping" }
  ),
  mutant(
    "M23",
    {
      sentence: "The session that a transition has left in its row counts as open.",
      origin: "plausible",
      breaks: ["S5c", "S1"]
    },
    { openSet: "leftBehindToo" }
  )
]
