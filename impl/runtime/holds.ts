import type { Turn } from "./turn.ts"

interface Hold {
  readonly of: RegExp
  readonly until: Promise<void>
  readonly release: () => void
}

/** Turns that are given at once, but for those that a test holds back: so a message is late, or a disk slow. */
export class Holds {
  readonly #holds = new Set<Hold>()

  readonly turn: Turn = async (event) => {
    for (const hold of this.#holds) if (hold.of.test(event)) await hold.until
  }

  /** Holds back every event of these, from now until the function returned is called. */
  hold(of: RegExp): () => void {
    let release = (): void => {}
    const until = new Promise<void>((resolve) => {
      release = resolve
    })
    const hold = { of, until, release }
    this.#holds.add(hold)
    return () => {
      this.#holds.delete(hold)
      release()
    }
  }

  /** Holds nothing back any more. */
  releaseAll(): void {
    const held = [...this.#holds]
    this.#holds.clear()
    for (const { release } of held) release()
  }
}
