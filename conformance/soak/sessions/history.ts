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
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { RequestId } from "../../../spec/sessions/messages.ts"
import { type JournalLine, readJournal } from "../../adapters/sessions-processes.ts"

/** A request that a client has heard the end of. */
export interface Heard {
  readonly request: RequestId
  readonly ok: boolean
}

/** Something of a history is lost or damaged, so nothing can be said about the run. */
export class HistoryLost extends Error {
  override readonly name = "HistoryLost"
}

/** The journal of one process, from its first line to its last without a gap. Throws `HistoryLost`. */
export const wholeJournal = (directory: string, teller: string): ReadonlyArray<JournalLine> => {
  const path = join(directory, `${teller}.journal`)
  if (!existsSync(path)) throw new HistoryLost(`${teller} has no journal`)
  const { lines, torn } = readJournal(path)
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
export const mergedJournals = (directory: string, tellers: ReadonlyArray<string>): ReadonlyArray<JournalLine> =>
  tellers.flatMap((teller) => wholeJournal(directory, teller)).sort(causally)

/** What the journals of processes that go on have told so far; a line that is being written is left for later. */
export const toldSoFar = (directory: string, tellers: ReadonlyArray<string>): ReadonlyArray<ClusterLabel> =>
  tellers
    .flatMap((teller) => readJournal(join(directory, `${teller}.journal`)).lines)
    .sort(causally)
    .map(({ label }) => label)

const causally = (one: JournalLine, other: JournalLine): number =>
  one.clock - other.clock || (one.node < other.node ? -1 : one.node > other.node ? 1 : 0) || one.seq - other.seq

/** Whatever a client was told must be in the history, and group 0's log from its first position to its last. */
export const checkComplete = (labels: ReadonlyArray<ClusterLabel>, heard: ReadonlyArray<Heard>, head: number): void => {
  const ended = new Map(labels.flatMap((label) => (label._tag === "RequestEnded" ? [[label.request, label.ok]] : [])))
  for (const { request, ok } of heard) {
    if (!ended.has(request)) throw new HistoryLost(`a client has heard of ${request}, and no journal tells of its end`)
    if (ended.get(request) !== ok) throw new HistoryLost(`a client has heard another end of ${request} than is told`)
  }
  const committed = labels.flatMap((label) => (label._tag === "Committed" ? [label.at] : []))
  const gap = committed.findIndex((at, index) => index > 0 && at !== committed[index - 1]! + 1)
  if (gap >= 0) throw new HistoryLost(`after position ${committed[gap - 1]} the journals tell of ${committed[gap]}`)
  // Whoever leads while the processes end may commit once more.
  if ((committed.at(-1) ?? head) < head)
    throw new HistoryLost(`group 0 is at ${head}, and the journals end at ${committed.at(-1)}`)
}
