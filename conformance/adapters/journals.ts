/** Journals that processes of a cluster have written, as whoever soaks one reads them. */
import { readFileSync } from "node:fs"
import type { JournalLine, JournalLines } from "../../impl/runtime/child/journal-line.ts"

export type { JournalLine }

/** A journal as it is in the file, the end of a last line that was never finished included. */
export interface RawJournal<L> {
  readonly lines: ReadonlyArray<JournalLine<L>>
  readonly torn: string
}

/** Reads a process's journal in the words of a protocol. Throws where a line is none. */
export const journalsIn =
  <L>(words: JournalLines<L>) =>
  (path: string): RawJournal<L> => {
    const text = readFileSync(path, "utf8")
    return { lines: words.parse(text, path), torn: text.slice(text.lastIndexOf("\n") + 1) }
  }
