/**
 * Group 0 as a node sees it: a replicated log of metadata with compare-and-swap commits.
 *
 * What the metadata are and who commits them is the protocol's business. Source: service/raft/raft_group0_client.cc.
 */

import type { CommitAnswer } from "../../spec/group0/messages.ts"
import type { NodeId, Position, Term } from "../../spec/metadata.ts"

/** What the log says from some position on. */
export interface Entry<Metadata> {
  readonly at: Position
  readonly metadata: Metadata
}

/** The right to commit one change that was computed from `seen`. Unrelated to guards of sessions. */
export interface CommitGuard<Metadata> {
  readonly seen: Entry<Metadata>
}

/** Who leads, as far as this member knows. */
export interface Leadership {
  readonly term: Term
  readonly leader: NodeId | null
}

/** What a member does with what is committed. Resolves when all shards have gone over to it. Entries may be skipped. */
export type Apply<Metadata> = (entry: Entry<Metadata>) => Promise<void>

/** One member's end of group 0. Every method rejects with `Unavailable` where there is no leader or no connection to it. */
export interface Group0<Metadata, By> {
  readonly leadership: Leadership
  /** Calls `heard` whenever leadership changes. Returns how to stop that. */
  onLeadership(heard: (now: Leadership) => void): () => void
  /** Begins to apply, from what is known at once and then entry by entry, in order and one at a time. */
  follow(apply: Apply<Metadata>): void
  /** Resolves once this member has applied everything that was committed before the call. */
  readBarrier(): Promise<Position>
  /** A read barrier, and the right to commit against the state it found. */
  start(): Promise<CommitGuard<Metadata>>
  /** Makes `metadata` what the log says, if nothing else was committed since the guard was taken. */
  commit(guard: CommitGuard<Metadata>, by: By, metadata: Metadata): Promise<CommitAnswer>
  /** Leaves: nothing is applied after that, and every wait is over with `Unavailable`. */
  close(): Promise<void>
}

/** Group 0 cannot be asked for now. */
export class Unavailable extends Error {
  override readonly name = "Unavailable"
}
