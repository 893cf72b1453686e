/** The last lines of a stream. */
import { keptLines } from "../protocol/limits.ts"

/** A longer line is cut, so that what is kept stays small whatever comes. */
const widest = 400

/** Whatever nobody sees, or makes a terminal or a reader see something else: controls, marks of direction, halves of pairs. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** A text from outside in one short line: what is invisible told by number, and cut to what people read. */
export const shownLine = (text: string, most = widest): string => {
  const cut = text.length > most ? `${text.slice(0, most)}… (${text.length} characters)` : text
  return cut.replace(invisible, (hidden) => `\\u${hidden.codePointAt(0)!.toString(16).padStart(4, "0")}`)
}

export class LastLines {
  private lines: Array<string> = []

  add(line: string): void {
    this.lines.push(line.length > 2 * widest ? line.slice(0, 2 * widest) : line)
    // Cut now and then rather than each time, because a shift of an array is dear.
    if (this.lines.length >= 2 * keptLines) this.lines = this.lines.slice(-keptLines)
  }

  /** Safe to print. */
  shown(): ReadonlyArray<string> {
    return this.lines.slice(-keptLines).map((line) => shownLine(line))
  }
}
