/** One line on a terminal that is written again and again. */

/** Milliseconds between two pictures of the same line. */
const pauseMs = 100

export class ProgressLine {
  private readonly write: (text: string) => void
  private readonly now: () => number
  private shownAt = Number.NEGATIVE_INFINITY
  private visible = false

  constructor(write: (text: string) => void, now: () => number) {
    this.write = write
    this.now = now
  }

  /** Replaces the line, unless that was done a moment ago. */
  show(text: () => string): void {
    if (this.now() - this.shownAt < pauseMs) return
    this.shownAt = this.now()
    this.visible = true
    this.write(`\r\u001b[K${text()}`)
  }

  /** Makes room for what is to stay. */
  clear(): void {
    if (!this.visible) return
    this.visible = false
    this.write("\r\u001b[K")
  }
}
