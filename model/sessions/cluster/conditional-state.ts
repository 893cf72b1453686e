/** Where a conditional write stands at the node that coordinates it. Source: service/storage_proxy.cc cas, paxos_response_handler. */
import type { PaxosRound, Row } from "../../../spec/sessions/messages.ts"
import type { NodeId } from "../../../spec/sessions/metadata.ts"
import { firstRow } from "./names.ts"
import type { Promised, Proposal } from "./paxos-words.ts"

export interface Conditional {
  readonly round: PaxosRound
  /** Whom every round goes to: those that the version names that the node holds. */
  readonly targets: ReadonlyArray<NodeId>
  /** What is proposed, null where nothing is to be written. */
  readonly row: Row | null
  /** What was proposed is left over from another, whose outcome nobody knew. */
  readonly others: boolean
  /** The best of what those who have promised know. */
  readonly promised: Promised
}

/** What every conditional write asks for: the value that is there from the beginning. */
export const condition = firstRow.value

const nothingPromised: Promised = { accepted: null, learned: 0 }

export const prepared = (targets: ReadonlyArray<NodeId>): Conditional => ({
  round: "prepare",
  targets,
  row: null,
  others: false,
  promised: nothingPromised
})

/** What two replicas know together. */
export const pooled = (one: Promised, other: Promised): Promised => ({
  accepted: (other.accepted?.ballot ?? 0) > (one.accepted?.ballot ?? 0) ? other.accepted : one.accepted,
  learned: Math.max(one.learned, other.learned)
})

/**
 * What is proposed once enough have promised: first of all what another has left without an outcome.
 *
 * Where the condition does not hold, what was found is proposed again, so that nobody finds anything older later. Upstream
 * proposes an empty mutation for the same end (scylladb issue 6299), and repairs those that have not learned before.
 */
export const proposed = (now: Conditional, found: Row | null, own: Row): Conditional => {
  const left = leftOver(now.promised)
  const holds = (found?.value ?? null) === condition
  return { ...now, round: "accept", others: left !== null, row: left === null ? (holds ? own : found) : left.row }
}

const leftOver = ({ accepted, learned }: Promised): Proposal | null =>
  accepted !== null && accepted.ballot > learned ? accepted : null
