/** What was begun in a conversation with a cluster, and what became of it. */

/** A line that means nothing, or that cannot be done where it stands. */
export class TalkProblem extends Error {
  override readonly name = "TalkProblem"
}

export class Deeds {
  /** What became of commands that had to wait, such as a truncation. */
  readonly #told: Array<string> = []
  /** What was waited for in vain. */
  readonly missed: Array<string> = []

  /** Begins something, and lets everything happen that can without time passing. What is not over by then is heard of later. */
  async perform(what: string, deed: () => Promise<string | undefined>, flush: () => Promise<void>): Promise<void> {
    let hasToWait = false
    let isOver = false
    let problem: TalkProblem | undefined
    const ends = (how: string | undefined): void => {
      isOver = true
      if (hasToWait || how !== undefined) this.#told.push(`"${what}" ${how ?? "is over"}`)
    }
    deed().then(ends, (error: unknown) => {
      if (error instanceof TalkProblem) problem = error
      ends(`fails: ${error instanceof Error ? error.message : String(error)}`)
    })
    await flush()
    if (problem !== undefined) throw problem
    hasToWait = !isOver
    if (hasToWait) this.#told.push(`"${what}" has to wait`)
  }

  /** Waits until something is so. A cluster that does not come to it is wrong. */
  async until(what: string, isSo: () => Promise<void>): Promise<void> {
    try {
      await isSo()
    } catch {
      const told = `"${what}" does not come to pass`
      this.#told.push(told)
      this.missed.push(told)
    }
  }

  /** What became of what was begun, since it was last asked. */
  news(): ReadonlyArray<string> {
    return this.#told.splice(0)
  }
}
