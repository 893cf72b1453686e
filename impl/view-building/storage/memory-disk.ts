import type { ShardId } from "../../../spec/metadata.ts"
import { atOnce, type Turn } from "../../runtime/turn.ts"
import { NodeStore } from "./node-store.ts"
import type { Stored } from "./stored.ts"

/** A disk in memory, which outlives the nodes that use it one after another. */
export class MemoryDisk {
  readonly #stored: Stored[] = []
  readonly #turn: Turn
  #mounts = 0

  constructor(turn: Turn = atOnce) {
    this.#turn = turn
  }

  /**
   * Opens the disk for a node that starts, and takes it away from the one before, as a crash does: what was not durable by then
   * never will be, and what still runs of the old node waits for it forever.
   */
  open(shards: ReadonlyArray<ShardId>): NodeStore {
    const mount = ++this.#mounts
    const keep = async (stored: Stored): Promise<void> => {
      await this.#turn(`storage: ${stored._tag}`)
      if (mount !== this.#mounts) return new Promise(() => {})
      this.#stored.push(stored)
      return undefined
    }
    return new NodeStore(shards, this.#stored, keep, this.#turn)
  }
}
