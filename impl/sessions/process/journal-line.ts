/** One line of a journal: a label, who tells it, and when. */
import { Result, Schema } from "effect"
import { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { ClockReading } from "../lamport-clock.ts"
import { DamagedFile } from "../storage/record-file.ts"
import { complaint } from "../wire/complaint.ts"

/** Sorted by `clock`, then by `node` and `seq`, the lines of all journals are in an order in which no effect precedes its cause. */
export const JournalLine = Schema.Struct({
  /** A node's name, or that of another process of the cluster. */
  node: Schema.String,
  /** Counted from 1 by each process, over all its restarts. */
  seq: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)),
  clock: ClockReading,
  label: ClusterLabel
})
export type JournalLine = typeof JournalLine.Type

const decode = Schema.decodeUnknownResult(Schema.fromJsonString(JournalLine))

/** The whole lines of a journal's text. What follows the last line's end was never told to anybody, and is left out. */
export function parseJournal(text: string, path: string): ReadonlyArray<JournalLine> {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line, index) => {
      const decoded = decode(line)
      if (Result.isSuccess(decoded)) return decoded.success
      throw new DamagedFile(`${path}, line ${index + 1}`, `no line of a journal: ${complaint(decoded.failure)}`)
    })
}
