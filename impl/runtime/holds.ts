import type { Turn } from "./turn.ts"

interface Hold {
  readonly of: RegExp
  readonly wait: () => Promise<void>
  readonly release: () => void
}

/** Turns that are given at once, but for those that a test holds back: so a message is late, or a disk slow. */
export class Holds {
  readonly #holds = new Set<Hold>()

  readonly turn: Turn = async (event) => {
    for (const { of, wait } of this.#holds) if (of.test(event)) await wait()
  }

  /** Holds back every event of these, from now until the function returned is called. */
  hold(of: RegExp): () => void {
    let release = (): void => {}
    const until = new Promise<void>((resolve) => {
      release = resolve
    })
    const hold = { of, wait: () => until, release }
    this.#holds.add(hold)
    return () => {
      this.#holds.delete(hold)
      release()
    }
  }

  /** Has every event of these wait for something. */
  slow(of: RegExp, wait: () => Promise<void>): void {
    this.#holds.add({ of, wait, release: () => {} })
  }

  /** Holds nothing back any more. */
  releaseAll(): void {
    const held = [...this.#holds]
    this.#holds.clear()
    for (const { release } of held) release()
  }
}
