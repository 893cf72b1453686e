/**
 * A replica's part in Paxos on one key: what it has promised, accepted and learned, kept as rows beside the data.
 *
 * Upstream that is a table of its own, which shares the tablets of the table that it serves: so it moves with them, and a
 * repair leaves it out. Source: service/paxos/paxos_state.cc prepare, accept, learn.
 */
import type { Reason, Row } from "../../../spec/sessions/messages.ts"
import { rowKey } from "./names.ts"
import type { PaxosAsk, Promised, Proposal } from "./paxos-words.ts"
import { newest } from "./request-state.ts"
import type { Variant } from "./variant.ts"

/** What a replica does: rows that it adds, and what it answers. */
export interface PaxosDeed {
  readonly reason: Reason | null
  readonly added: ReadonlyArray<Row>
  /** The newest data, where it promises. */
  readonly found: Row | null
  readonly promised: Promised
}

const promiseKey = `${rowKey}/promised`
const acceptedKey = `${rowKey}/accepted`
const learnedKey = `${rowKey}/learned`

/** Whether a row is one that clients see. */
export const isData = ({ key }: Row): boolean => key === rowKey

const newestOf = (rows: ReadonlyArray<Row>, key: string): Row | null => newest(rows.filter((row) => row.key === key))

const noted = (key: string, ballot: number, value: string): Row => ({ key, timestamp: ballot, value })

const acceptedIn = (rows: ReadonlyArray<Row>): Proposal | null => {
  const row = newestOf(rows, acceptedKey)
  return row === null ? null : { ballot: row.timestamp, row: JSON.parse(row.value!) as Row | null }
}

/** Refused with OldBallot where the replica has promised to accept none so old. What was decided is learned in any case. */
export const paxosDeed = (
  { ballots }: Variant,
  rows: ReadonlyArray<Row>,
  { round, ballot, row }: PaxosAsk
): PaxosDeed => {
  const last = newestOf(rows, promiseKey)?.timestamp ?? 0
  const promised: Promised = { accepted: acceptedIn(rows), learned: newestOf(rows, learnedKey)?.timestamp ?? 0 }
  const done = (...added: ReadonlyArray<Row>): PaxosDeed => ({ reason: null, added, found: null, promised })
  const refused: PaxosDeed = { reason: "OldBallot", added: [], found: null, promised }
  switch (round) {
    case "prepare":
      return ballot <= last ? refused : { ...done(noted(promiseKey, ballot, "")), found: newestOf(rows, rowKey) }
    case "accept":
      return ballot < last && ballots === "promised"
        ? refused
        : done(noted(promiseKey, ballot, ""), noted(acceptedKey, ballot, JSON.stringify(row)))
    case "learn":
      return done(...(row === null ? [] : [row]), noted(learnedKey, ballot, ""))
  }
}
