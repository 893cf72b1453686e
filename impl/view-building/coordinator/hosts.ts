import type { NodeId } from "../../../spec/metadata.ts"
import type { Journal } from "../journal.ts"

/** Which hosts a node believes to be up: all, until it hears otherwise. Source: gms/gossiper.hh is_alive. */
export class Hosts {
  readonly #self: NodeId
  readonly #tell: Journal
  readonly #down = new Set<NodeId>()
  readonly #listeners = new Set<() => void>()

  constructor(self: NodeId, tell: Journal) {
    this.#self = self
    this.#tell = tell
  }

  isAlive(node: NodeId): boolean {
    return !this.#down.has(node)
  }

  mark(node: NodeId, alive: boolean): void {
    if (alive === this.isAlive(node)) return
    if (alive) this.#down.delete(node)
    else this.#down.add(node)
    this.#tell({ _tag: "HostMarked", by: this.#self, node, alive })
    for (const heard of [...this.#listeners]) heard()
  }

  listen(heard: () => void): () => void {
    this.#listeners.add(heard)
    return () => this.#listeners.delete(heard)
  }
}
