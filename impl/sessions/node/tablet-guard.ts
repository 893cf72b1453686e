import type { TabletId } from "../../../spec/sessions/metadata.ts"
import type { Latch, Routing, Shard } from "./shard.ts"

/**
 * Holds metadata on behalf of one tablet: moves along while the tablet's own transition stays where it is and its table has as
 * many tablets as before, and otherwise keeps what it has, tells its owner to stop, and lets barriers wait for that.
 *
 * Unlike upstream it also compares the transition's session, so two migrations in the same stage are not taken for one (Q6).
 *
 * Source: locator/tablets.cc tablet_metadata_guard.
 */
export class TabletGuard implements Latch {
  readonly #shard: Shard
  readonly #tablet: TabletId
  readonly #was: string
  readonly #abort = new AbortController()
  readonly #unlatch: () => void
  #routing: Routing

  constructor(shard: Shard, tablet: TabletId) {
    this.#shard = shard
    this.#tablet = tablet
    this.#was = standing(shard, tablet)
    this.#routing = shard.hold()
    this.#unlatch = shard.latch(this)
  }

  /** Given when the tablet's transition moved on, or its table was split or merged. */
  get signal(): AbortSignal {
    return this.#abort.signal
  }

  refresh(): void {
    if (this.#abort.signal.aborted) return
    if (standing(this.#shard, this.#tablet) !== this.#was) {
      this.#abort.abort()
      return
    }
    const old = this.#routing
    this.#routing = this.#shard.hold()
    old.release()
  }

  /** Lets go of the metadata, and with it of any barrier that waits. */
  release(): void {
    this.#unlatch()
    this.#routing.release()
  }
}

/**
 * What must not change under an operation: whether there is a tablet and a transition, its stage and its session, and how many
 * tablets there are, for whoever works on one knows it by its place among them (M58).
 */
const standing = (shard: Shard, name: TabletId): string => {
  const tablet = shard.tablet(name)
  const transition = tablet?.transition
  const count = shard.metadata?.tablets.length ?? 0
  return JSON.stringify([tablet !== undefined, transition?.stage ?? null, transition?.session ?? null, count])
}
