/**
 * Group 0 as an abstract log: what it says after each command, and who leads.
 *
 * Source: service/raft/raft_group0_client.cc. Elections, replication and the transport below are left out: a command is
 * effective on what was said last or not at all, and everybody reads a prefix of the same log.
 */
import type { Position, Term } from "../../spec/metadata.ts"
import { type Cell, type View, view, type Write, write } from "../kernel/cell.ts"
import { firstPosition } from "./reading.ts"

export interface Group0<Metadata> {
  readonly term: Term
  readonly head: Position
  /** What was said up to the head, as far back as it is kept. Whoever is further behind is sent a snapshot. */
  readonly log: ReadonlyArray<Metadata>
}

export type Group0Op<Metadata> = { readonly commit: Metadata } | "elect"

/** What was said last, and the token that a command is compared with. */
export interface Head<Metadata> {
  readonly at: Position
  readonly metadata: Metadata
}

/** The cell of group 0, and the views of it that no protocol can do without. */
export interface Group0Cells<Metadata> {
  readonly group0: Cell<Group0<Metadata>, Group0Op<Metadata>>
  readonly head: View<Group0<Metadata>, Head<Metadata>>
  readonly position: View<Group0<Metadata>, Position>
  readonly term: View<Group0<Metadata>, Term>
  /** The position of the command behind a position. */
  readonly after: (position: Position) => Position
}

/** How much of a log there is. Without these, all of it. */
export interface LogBounds {
  /** How many of its last states are kept. */
  readonly keeps?: number
  /**
   * Positions begin again after so many, so that a design that commits for ever comes back to where it was. No guard may be
   * held over so many commands.
   */
  readonly positions?: number
}

/** Group 0 that says `first`. */
export const group0Cells = <Metadata>(
  first: Metadata,
  { keeps = Number.POSITIVE_INFINITY, positions = Number.POSITIVE_INFINITY }: LogBounds = {}
): Group0Cells<Metadata> => {
  const after = (position: Position): Position => ((position + 1) % positions) as Position
  const group0: Group0Cells<Metadata>["group0"] = {
    name: "group 0",
    init: { term: 1 as Term, head: firstPosition, log: [first] },
    apply: ({ term, head, log }, op) =>
      op === "elect"
        ? { term: (term + 1) as Term, head, log }
        : { term, head: after(head), log: [...log, op.commit].slice(-keeps) }
  }
  return {
    after,
    group0,
    head: view(group0, "head", ({ head, log }) => ({ at: head, metadata: log[log.length - 1]! })),
    position: view(group0, "position", ({ head }) => head),
    term: view(group0, "term", ({ term }) => term)
  }
}

/** A command that was effective: where it stands in the log, and how it gets there. */
export interface Appended {
  readonly at: Position
  readonly write: Write
}

/** Puts a command behind `head`, whoever may: one whose guard is good, or one who takes it for this alone. */
export const appended = <Metadata>(
  { group0, after }: Pick<Group0Cells<Metadata>, "group0" | "after">,
  head: Position,
  metadata: Metadata
): Appended => ({ at: after(head), write: write(group0, { commit: metadata }) })
