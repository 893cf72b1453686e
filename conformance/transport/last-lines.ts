/** The last lines of a stream. */
import { keptLines } from "../protocol/limits.ts"

/** A longer line is cut, so that what is kept stays small whatever comes. */
const widest = 400

/** A text from outside in one short line: control characters told by number, and cut to what people read. */
export const shownLine = (text: string, most = widest): string => {
  const cut = text.length > most ? `${text.slice(0, most)}… (${text.length} characters)` : text
  return cut.replace(/\p{Cc}/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`)
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
