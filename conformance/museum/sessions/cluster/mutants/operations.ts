/** Mutants M45 to M61: what a trigger leads to, under which session, and what an operation holds while it runs. */
import { type ClusterMutant, mutant } from "../mutant.ts"

export const operations: ReadonlyArray<ClusterMutant> = [
  mutant(
    "M45",
    {
      sentence: "A rebuild gets no session, and so its stream is refused for ever.",
      origin: "scylladb commit d3efb3ab6f, issue 16741",
      breaks: ["L3", "S10"]
    },
    { sessionFor: "allButRebuild" }
  ),
  mutant(
    "M49",
    {
      sentence: "A late trigger of a repair works under the session of a newer repair.",
      origin: "scylladb commit 8f967cde5c, issue 23318",
      breaks: ["C2"]
    },
    { repairSession: "ofTheMoment" }
  ),
  mutant(
    "M51",
    {
      sentence:
        "The session stands before an older parameter of an RPC, and a receiver of another version does not find it.",
      origin: "scylladb commit e7e1f4b01a, issue 17175",
      breaks: ["S12"]
    },
    { permitsOnTheWire: "byPosition" }
  ),
  mutant(
    "M52",
    {
      sentence: "A receiver lets go of its guard once it has the rows, before it writes them.",
      origin: "plausible",
      breaks: ["S6"]
    },
    { receiverGuard: "headerOnly" }
  ),
  mutant(
    "M53",
    {
      sentence: "Only the shard that rows come in on takes a guard, and the one that writes them has none.",
      origin: "plausible",
      breaks: ["S6"]
    },
    { receiverGuard: "firstShardOnly" }
  ),
  mutant(
    "M54a",
    {
      sentence: "A stream whose rows are turned away is left open: its operation never ends.",
      origin: "scylladb commits 4018dc7f0d and 063095ea50",
      breaks: ["L3"]
    },
    { failedStream: "staysOpen" }
  ),
  mutant(
    "M54b",
    {
      sentence: "A node falls over a late request to stream a tablet that has no pending replica.",
      origin: "plausible; a crash, as in scylladb commit 4018dc7f0d",
      breaks: ["L3", "L1"]
    },
    { withoutPending: "falls" }
  ),
  mutant(
    "M55",
    {
      sentence: "A stream that is tried again gets a new session, and the old one is neither closed nor drained first.",
      origin: "plausible",
      breaks: ["S10"]
    },
    { retrySession: "fresh" }
  ),
  mutant(
    "M56",
    {
      sentence: "A trigger is done without a read barrier, whatever stage the tablet is in.",
      origin: "plausible",
      breaks: ["S8o"]
    },
    { triggerChecks: "none" }
  ),
  mutant(
    "M57",
    {
      sentence: "An operation holds no metadata, so that nothing waits for a late one.",
      origin: "scylladb commit 5cf035878d",
      breaks: ["S8o"]
    },
    { operationPins: "nothing" }
  ),
  mutant(
    "M58a",
    {
      sentence: "An operation goes over to new metadata even when its tablet's stage has moved.",
      origin: "plausible; scylladb commit b23f2a2425",
      breaks: ["S8o"]
    },
    { operationPins: "whateverTheStage" }
  ),
  mutant(
    "M59",
    {
      sentence: "An operation holds the metadata that it began under for as long as it runs.",
      origin: "scylladb commits c228f2c940, c06173b3a3 and 1dc29ddc86, issues 23453 and 22408",
      breaks: ["L2"]
    },
    { operationPins: "always" }
  ),
  mutant(
    "M60",
    {
      sentence: "A trigger joins whatever runs for its tablet, without asking what that does.",
      origin: "dossier sessions Q5; before scylladb commit 67f1c6d36c",
      breaks: ["D3"]
    },
    { joins: "anyOperation" },
    {
      trials: ["a migration, a node is lost while it streams", "a migration, its cleanup is asked for twice"],
      why: "a barrier stands between any two operations on one node, and nothing that it drained can be joined"
    }
  ),
  mutant(
    "M61",
    {
      sentence: "A repair can be ended only by the coordinator that ran it, for no other knows its session.",
      origin: "scylladb commits da5cc13e97 and 3abda7d15e, issue 26346",
      breaks: ["L3"]
    },
    { repairEnd: "fromMemory" }
  )
]
