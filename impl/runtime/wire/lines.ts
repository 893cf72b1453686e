/** Lines on a byte stream: JSON in UTF-8, one value a line. */

/** The longest line that is taken. */
export const maxLineBytes = 1 << 22

/** Cuts a byte stream into lines. A line that is too long is passed over, and told as such. */
export class LineReader {
  readonly #line: (text: string) => void
  readonly #tooLong: () => void
  #held: Uint8Array[] = []
  #heldBytes = 0
  #passingOver = false

  constructor(line: (text: string) => void, tooLong: () => void) {
    this.#line = line
    this.#tooLong = tooLong
  }

  push(chunk: Uint8Array): void {
    let from = 0
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      this.#hold(chunk.subarray(from, end))
      this.#endLine()
      from = end + 1
    }
    this.#hold(Buffer.from(chunk.subarray(from)))
  }

  #hold(piece: Uint8Array): void {
    this.#heldBytes += piece.length
    if (this.#heldBytes > maxLineBytes) this.#passingOver = true
    if (this.#passingOver) this.#held = []
    else if (piece.length > 0) this.#held.push(piece)
  }

  #endLine(): void {
    const text = Buffer.concat(this.#held).toString("utf8")
    const passedOver = this.#passingOver
    this.#held = []
    this.#heldBytes = 0
    this.#passingOver = false
    if (passedOver) this.#tooLong()
    else this.#line(text)
  }
}
