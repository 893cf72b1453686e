/** The last lines of an adapter's log, whatever bytes it consists of and however long its lines are. */
import { LastLines } from "./last-lines.ts"

/** What is kept of one line; the rest of it is passed over. */
const mostOfLine = 800

export class LogTail {
  private readonly last = new LastLines()
  private readonly text = new TextDecoder()
  private open = ""

  push(chunk: Uint8Array): void {
    const [rest = "", ...lines] = this.text.decode(chunk, { stream: true }).split("\n")
    this.open = (this.open + rest).slice(0, mostOfLine)
    for (const line of lines) {
      this.last.add(this.open)
      this.open = line.slice(0, mostOfLine)
    }
  }

  shown(): ReadonlyArray<string> {
    const { open } = this
    if (open === "") return this.last.shown()
    const all = new LastLines()
    for (const line of [...this.last.shown(), open]) all.add(line)
    return all.shown()
  }
}
