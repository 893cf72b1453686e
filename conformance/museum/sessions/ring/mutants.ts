/** Mutants of operations under the topology's session. From M84 on they are ours: laws that had none, or what HEAD leaves open. */
import type { TopologyVariant } from "../../../../model/sessions/topology/variant.ts"
import type { Mutant } from "../../../cli/museum-api.ts"

/** One parameter with another value than the reference's. */
export interface RingMutant extends Mutant {
  readonly change: Partial<TopologyVariant>
}

const mutant = (id: string, story: Omit<Mutant, "id">, change: Partial<TopologyVariant>): RingMutant => ({
  id,
  ...story,
  breaks: story.breaks.map((law) => `SES-${law}`),
  change
})

export const mutants: ReadonlyArray<RingMutant> = [
  mutant(
    "M44",
    {
      sentence: "A node's cleanup does not drain closing sessions.",
      origin: "scylladb commit f34126aacf, issue 26150",
      breaks: ["D3t"]
    },
    { cleanupAwaits: "writes" }
  ),
  mutant(
    "M46",
    {
      sentence: "The session of a request is set when it is asked for, over that of the operation that goes on.",
      origin: "scylladb commits a59618e83d (22613) and 04976875cc (27804)",
      breaks: ["C2", "S16"]
    },
    { sessionSet: "submission" }
  ),
  mutant(
    "M47",
    {
      sentence:
        "A coordinator reads the session after it let go of the right to commit, and may find that of another operation.",
      origin: "scylladb PR 31244; at HEAD in handle_topology_ordered_op",
      breaks: ["C2", "S6t", "D1t"]
    },
    { sessionRead: "atSending" }
  ),
  mutant(
    "M48",
    {
      sentence: "A stream takes the session of the moment when it comes to its work.",
      origin: "scylladb commit 2be5ee9f9d",
      breaks: ["C2", "D3t"]
    },
    { streamSession: "current" }
  ),
  mutant(
    "M50",
    {
      sentence: "Operations that move data by repair pass no session.",
      origin: "scylladb commit 3fe596d556, issue 27759",
      breaks: ["S12", "D2t"]
    },
    { repairsUnder: "default" }
  ),
  mutant(
    "M84",
    {
      sentence: "An operation of the ring that failed keeps its session.",
      origin: "dossier sessions Q4; at HEAD in rollback_current_topology_op",
      breaks: ["D3t", "L5t", "D2t"]
    },
    { rollbackClears: "no" }
  ),
  mutant(
    "M85",
    {
      sentence: "A leaving node sends its data under the default session.",
      origin: "dossier sessions Q4; at HEAD in unbootstrap",
      breaks: ["S12", "D3t", "D2t"]
    },
    { leavesUnder: "default" }
  ),
  mutant(
    "M86",
    { sentence: "A rebuild of the ring ends without a barrier.", origin: "found by exploration", breaks: ["D2t"] },
    { rebuildEnds: "atOnce" }
  ),
  mutant(
    "M87",
    {
      sentence: "A truncation is marked done without a barrier after its session was cleared.",
      origin: "plausible",
      breaks: ["S6t", "D1t"]
    },
    { finalBarrier: "no" }
  ),
  mutant(
    "M88",
    {
      sentence: "The next coordinator sends a truncation again whose session is cleared.",
      origin: "dossier sessions, scenario I",
      breaks: ["L3t", "S12"]
    },
    { afterClearing: "sendsAgain" }
  )
]
