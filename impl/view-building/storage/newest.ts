/** Rows by key, where the last write of a key wins. */
import type { Row } from "../../../spec/view-building/messages.ts"

export class Newest<R extends Row> {
  readonly #rows = new Map<string, R>()

  constructor(rows: Iterable<R> = []) {
    this.add(rows)
  }

  add(rows: Iterable<R>): void {
    for (const row of rows) {
      const known = this.#rows.get(row.key)
      if (known === undefined || known.timestamp < row.timestamp) this.#rows.set(row.key, row)
    }
  }

  remove(isGone: (row: R) => boolean): void {
    for (const [key, row] of this.#rows) if (isGone(row)) this.#rows.delete(key)
  }

  has({ key, timestamp }: Row): boolean {
    return this.#rows.get(key)?.timestamp === timestamp
  }

  get isEmpty(): boolean {
    return this.#rows.size === 0
  }

  /** By key. */
  all(): ReadonlyArray<R> {
    return [...this.#rows.values()].sort((one, other) => (one.key < other.key ? -1 : 1))
  }
}
