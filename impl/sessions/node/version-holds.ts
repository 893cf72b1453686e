import type { Version } from "../../../spec/sessions/metadata.ts"

interface Waiter {
  readonly below: Version
  readonly done: () => void
}

/**
 * Counts who still works by which version of the topology, so that a barrier can wait for the older ones.
 *
 * Source: locator/token_metadata.cc shared_token_metadata, stale_versions_in_use; dossier `sessions.md` 1.3.
 */
export class VersionHolds {
  readonly #held = new Map<Version, number>()
  readonly #waiting = new Set<Waiter>()

  /** Holds a version until the function returned is called; a second call changes nothing. */
  take(version: Version): () => void {
    this.#held.set(version, (this.#held.get(version) ?? 0) + 1)
    let live = true
    return () => {
      if (live) this.#release(version)
      live = false
    }
  }

  /** Resolves once nobody holds a version lower than `below`. Whoever holds `below` itself is not waited for. */
  whenReleased(below: Version): Promise<void> {
    if (!this.#anyBelow(below)) return Promise.resolve()
    return new Promise((done) => this.#waiting.add({ below, done }))
  }

  #release(version: Version): void {
    const left = (this.#held.get(version) ?? 1) - 1
    if (left > 0) this.#held.set(version, left)
    else this.#held.delete(version)
    for (const waiter of this.#waiting) {
      if (this.#anyBelow(waiter.below)) continue
      this.#waiting.delete(waiter)
      waiter.done()
    }
  }

  #anyBelow(below: Version): boolean {
    for (const version of this.#held.keys()) if (version < below) return true
    return false
  }
}
