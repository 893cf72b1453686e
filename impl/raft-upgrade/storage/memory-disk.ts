import { atOnce, type Turn } from "../../runtime/turn.ts"
import type { Disk } from "./disk.ts"

/** A disk in memory, which outlives the nodes that use it one after another. */
export class MemoryDisk {
  readonly #texts = new Map<string, string>()
  readonly #turn: Turn
  #mounts = 0

  constructor(turn: Turn = atOnce) {
    this.#turn = turn
  }

  /**
   * Opens the disk for a node that starts, and takes it away from the one before, as a crash does: what was not durable by then
   * never will be, and what still runs of the old node waits for it forever.
   */
  open(): Disk {
    const mount = ++this.#mounts
    return {
      read: (name) => Promise.resolve(this.#texts.get(name)),
      write: async (name, text) => {
        await this.#turn(`storage: ${name}`)
        if (mount !== this.#mounts) return new Promise(() => {})
        this.#texts.set(name, text)
        return undefined
      },
      names: () => Promise.resolve([...this.#texts.keys()]),
      where: (name) => name
    }
  }
}
