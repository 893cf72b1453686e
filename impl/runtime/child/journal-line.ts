/** One line of a journal: a label, who tells it, and when. */
import { Result, Schema } from "effect"
import { ClockReading } from "../lamport-clock.ts"
import { DamagedFile } from "../storage/record-file.ts"
import { complaint } from "../wire/complaint.ts"

/** Sorted by `clock`, then by `node` and `seq`, the lines of all journals are in an order in which no effect precedes its cause. */
export interface JournalLine<Label> {
  /** A node's name, or that of another process of the cluster. */
  readonly node: string
  /** Counted from 1 by each process, over all its restarts. */
  readonly seq: number
  readonly clock: number
  readonly label: Label
}

/** How lines of journals with a protocol's labels are written and read. */
export interface JournalLines<Label> {
  encode(line: JournalLine<Label>): string
  /** The whole lines of a journal's text. What follows the last line's end was never told to anybody, and is left out. */
  parse(text: string, path: string): ReadonlyArray<JournalLine<Label>>
}

export const journalLines = <Label>(label: Schema.Codec<Label, unknown>): JournalLines<Label> => {
  const line = Schema.fromJsonString(
    Schema.Struct({
      node: Schema.String,
      seq: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)),
      clock: ClockReading,
      label
    })
  )
  const decode = Schema.decodeUnknownResult(line)
  return {
    encode: Schema.encodeSync(line),
    parse: (text, path) =>
      text
        .split("\n")
        .slice(0, -1)
        .map((line, index) => {
          const decoded = decode(line)
          if (Result.isSuccess(decoded)) return decoded.success
          throw new DamagedFile(`${path}, line ${index + 1}`, `no line of a journal: ${complaint(decoded.failure)}`)
        })
  }
}
