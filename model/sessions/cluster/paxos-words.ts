/** What is said in the rounds of a conditional write: ballots, proposals, and what a replica knows that promises. */
import type { PaxosRound, Row } from "../../../spec/sessions/messages.ts"

/** A write that was proposed under a ballot; null where nothing is to be written. */
export interface Proposal {
  readonly ballot: number
  readonly row: Row | null
}

/** What a coordinating node asks for in one round. Of a promise only the ballot matters. */
export interface PaxosAsk extends Proposal {
  readonly round: PaxosRound
}

/** What a replica knows that has promised. */
export interface Promised {
  /** The proposal of the greatest ballot that it has accepted. */
  readonly accepted: Proposal | null
  /** The greatest ballot of which it has learned the outcome. */
  readonly learned: number
}
