/** Cuts a byte stream into lines, and never holds more than one line of the longest length. */

import { isUtf8 } from "node:buffer"

/** The beginning of a line that was too long, for people to see what it was. */
const shownOfTooLong = 200

const newline = 0x0a
const carriageReturn = 0x0d

export interface LineEars {
  line(text: string): void
  /** A line is longer than the limit. Nothing is told after this: whoever sends such a line is not talked to any more. */
  tooLong(beginning: string): void
  /** A line is no UTF-8. What can be read of it is told, with a replacement for each wrong byte. */
  notText(line: string): void
}

export class LineReader {
  private readonly ears: LineEars
  private readonly maxBytes: number
  private held: Array<Uint8Array> = []
  private heldBytes = 0
  private deaf = false

  constructor(maxBytes: number, ears: LineEars) {
    this.maxBytes = maxBytes
    this.ears = ears
  }

  push(chunk: Uint8Array): void {
    let from = 0
    for (let end = chunk.indexOf(newline); end >= 0 && !this.deaf; end = chunk.indexOf(newline, from)) {
      this.hold(chunk.subarray(from, end))
      from = end + 1
      if (!this.deaf) this.tell()
    }
    // A copy, for the chunk's memory belongs to whoever reads the stream.
    if (!this.deaf) this.hold(Uint8Array.from(chunk.subarray(from)))
  }

  /** The stream is over: what came after the last line break is told as a line, if there is any. */
  end(): void {
    if (!this.deaf && this.heldBytes > 0) this.tell()
  }

  private tell(): void {
    const bytes = this.take()
    const text = bytes.toString("utf8", 0, bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length)
    if (isUtf8(bytes)) this.ears.line(text)
    else this.ears.notText(text)
  }

  private hold(piece: Uint8Array): void {
    this.heldBytes += piece.length
    if (piece.length > 0) this.held.push(piece)
    if (this.heldBytes <= this.maxBytes) return
    this.deaf = true
    const beginning = Buffer.concat(this.held.slice(0, shownOfTooLong)).subarray(0, shownOfTooLong).toString("utf8")
    this.held = []
    this.ears.tooLong(beginning)
  }

  private take(): Buffer {
    const bytes = this.held.length === 1 ? Buffer.from(this.held[0]!) : Buffer.concat(this.held)
    this.held = []
    this.heldBytes = 0
    return bytes
  }
}
