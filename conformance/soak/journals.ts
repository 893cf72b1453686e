/**
 * One history out of the journals of all processes, whole or not at all.
 *
 * The merge is sorted by the Lamport clock, so it is an order in which no effect comes before its cause: one of the orders in which
 * the run could have happened. That is enough for every law, also for one that says "after the barrier ended". A law is true of
 * every run that the protocol allows, and nobody in the protocol can tell this order from the one of the wall clock: whatever a
 * node does after something else because of it, it was told of by a frame, a line or a file, and all of these carry the clock.
 * That a connection breaks when its other end is killed carries none; but to those who hear of it a node that is gone looks like one
 * whose connection broke, and for that the rest of its journal may come later.
 */
import { existsSync } from "node:fs"
import { join } from "node:path"
import type { JournalLine, RawJournal } from "../adapters/journals.ts"

/** Reads one process's journal. Throws where a line is none. */
export type ReadJournal<L> = (path: string) => RawJournal<L>

/** Something of a history is lost or damaged, so nothing can be said about the run. */
export class HistoryLost extends Error {
  override readonly name = "HistoryLost"
}

/** The journal of one process, from its first line to its last without a gap. Throws `HistoryLost`. */
export const wholeJournal = <L>(
  read: ReadJournal<L>,
  directory: string,
  teller: string
): ReadonlyArray<JournalLine<L>> => {
  const path = join(directory, `${teller}.journal`)
  if (!existsSync(path)) throw new HistoryLost(`${teller} has no journal`)
  const { lines, torn } = read(path)
  if (torn !== "") throw new HistoryLost(`${path} ends in the middle of a line: ${torn.slice(0, 80)}`)
  for (const [index, line] of lines.entries()) {
    if (line.node !== teller) throw new HistoryLost(`${path}, line ${index + 1} is told by ${line.node}`)
    if (line.seq !== index + 1) throw new HistoryLost(`${path}, line ${index + 1} is numbered ${line.seq}`)
    const last = lines[index - 1]
    if (last !== undefined && line.clock <= last.clock)
      throw new HistoryLost(`${path}, line ${index + 1} is of ${line.clock}, and the line before it of ${last.clock}`)
  }
  return lines
}

/** The lines of all journals in causal order. Throws `HistoryLost` where one of them is not whole. */
export const mergedJournals = <L>(
  read: ReadJournal<L>,
  directory: string,
  tellers: ReadonlyArray<string>
): ReadonlyArray<JournalLine<L>> => tellers.flatMap((teller) => wholeJournal(read, directory, teller)).sort(causally)

/** What the journals of processes that go on have told so far; a line that is being written is left for later. */
export const toldSoFar = <L>(
  read: ReadJournal<L>,
  directory: string,
  tellers: ReadonlyArray<string>
): ReadonlyArray<L> =>
  tellers
    .flatMap((teller) => read(join(directory, `${teller}.journal`)).lines)
    .sort(causally)
    .map(({ label }) => label)

const causally = (one: JournalLine<unknown>, other: JournalLine<unknown>): number =>
  one.clock - other.clock || (one.node < other.node ? -1 : one.node > other.node ? 1 : 0) || one.seq - other.seq

/** Group 0's log must be there from its first position to its last. Throws `HistoryLost`. */
export const checkLog = (committed: ReadonlyArray<number>, head: number): void => {
  const gap = committed.findIndex((at, index) => index > 0 && at !== committed[index - 1]! + 1)
  if (gap >= 0) throw new HistoryLost(`after position ${committed[gap - 1]} the journals tell of ${committed[gap]}`)
  // Whoever leads while the processes end may commit once more.
  if ((committed.at(-1) ?? head) < head)
    throw new HistoryLost(`group 0 is at ${head}, and the journals end at ${committed.at(-1)}`)
}
