import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs"
import type { Journal } from "../journal.ts"
import type { LamportClock } from "../lamport-clock.ts"
import type { JournalLine, JournalLines } from "./journal-line.ts"

/**
 * A process's journal in a file.
 *
 * A label is with the operating system before the call returns, and so before anybody can be told of what it says: a process
 * that is killed loses no label that others depend on. It is not fsynced, for a machine that dies takes the whole run along.
 */
export class JournalFile<Label> {
  readonly #lines: JournalLines<Label>
  readonly #file: number
  readonly #node: string
  readonly #clock: LamportClock
  #seq: number
  /** What the process had told before it was started this time. */
  readonly found: ReadonlyArray<JournalLine<Label>>

  constructor(lines: JournalLines<Label>, path: string, node: string, clock: LamportClock) {
    this.#lines = lines
    this.#file = openSync(path, "a+")
    this.#node = node
    this.#clock = clock
    const text = readFileSync(path, "utf8")
    this.found = lines.parse(text, path)
    ftruncateSync(this.#file, Buffer.byteLength(text.slice(0, text.lastIndexOf("\n") + 1), "utf8"))
    const last = this.found.at(-1)
    this.#seq = last?.seq ?? 0
    clock.witness(last?.clock ?? 0)
  }

  readonly journal: Journal<Label> = (label) => {
    const line = { node: this.#node, seq: ++this.#seq, clock: this.#clock.tick(), label }
    const bytes = Buffer.from(`${this.#lines.encode(line)}\n`, "utf8")
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#file, bytes, written)
  }

  close(): void {
    closeSync(this.#file)
  }
}
