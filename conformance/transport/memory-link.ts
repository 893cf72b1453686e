/** A link within this process: for adapters that are served here, and for tests. */
import type { Dialer, Ending, Link, LinkEars } from "./link.ts"

/** Whoever answers at the other end: told each line, and given a way to say some. */
export type FarEnd = (say: (line: string) => void) => (line: string) => void

class MemoryLink implements Link {
  readonly way = "in process"
  private readonly far: (line: string) => void
  private ears: LinkEars | undefined
  private ending: Ending | undefined

  constructor(farEnd: FarEnd) {
    this.far = farEnd((line) => {
      if (this.ending === undefined) this.ears?.line(line)
    })
  }

  send(line: string): void {
    if (this.ending === undefined) this.far(line)
  }

  listen(ears: LinkEars): void {
    this.ears = ears
  }

  log(): ReadonlyArray<string> {
    return []
  }

  async close(): Promise<void> {
    if (this.ending !== undefined) return
    this.ending = { how: "closed", log: [] }
    this.ears?.ended(this.ending)
  }
}

export const memoryDialer = (target: string, farEnd: FarEnd): Dialer => ({
  way: "in process",
  target,
  dial: () => new MemoryLink(farEnd)
})
