import { atOnce, type Turn } from "../../runtime/turn.ts"
import { ChangingStore } from "./changing-store.ts"
import type { Store } from "./store.ts"
import { type Change, TabletRows } from "./tablet-rows.ts"

/** A disk in memory, which outlives the nodes that use it one after another. */
export class MemoryDisk {
  readonly #turn: Turn
  readonly #durable: Change[] = []
  #mounts = 0

  constructor(turn: Turn = atOnce) {
    this.#turn = turn
  }

  /**
   * Opens the disk for a node that starts, and takes it away from the one before, as a crash does: what was not durable by
   * then never will be, and what still runs of the old node waits for it forever.
   */
  open(): Store {
    const mount = ++this.#mounts
    const rows = new TabletRows()
    for (const change of this.#durable) rows.apply(change)
    return new MemoryStore(rows, this.#turn, (change) => {
      if (mount !== this.#mounts) return new Promise(() => {})
      this.#durable.push(change)
      return Promise.resolve()
    })
  }
}

class MemoryStore extends ChangingStore {
  readonly #turn: Turn
  readonly #makeDurable: (change: Change) => Promise<void>
  /** Resolves when every change so far has had its turn. */
  #turns: Promise<unknown> = Promise.resolve()

  constructor(rows: TabletRows, turn: Turn, makeDurable: (change: Change) => Promise<void>) {
    super(rows)
    this.#turn = turn
    this.#makeDurable = makeDurable
  }

  protected override keep(change: Change): Promise<void> {
    const turn = this.#turn(`storage: ${change._tag} of ${change.tablet} on shard ${change.shard} is durable`)
    const turns = Promise.all([turn, this.#turns])
    this.#turns = turns
    return turns.then(() => this.#makeDurable(change))
  }

  protected override async finish(): Promise<void> {
    await this.#turns
  }
}
