import type { VBucket } from "../../spec/ids.ts"

/** Requests sent and not answered, in the order in which they were sent; the same vBucket may be there twice. */
export class Awaited implements Iterable<VBucket> {
  readonly #vbuckets: VBucket[]

  constructor(vbuckets: Iterable<VBucket> = []) {
    this.#vbuckets = [...vbuckets]
  }

  get isEmpty(): boolean {
    return this.#vbuckets.length === 0
  }

  /** Whether a request under this opaque is unanswered; the client opaque of a vBucket is its number. */
  has(opaque: number): boolean {
    return this.#indexOf(opaque) !== -1
  }

  /** Takes the oldest request under this opaque off the list, and says which vBucket it was about. */
  take(opaque: number): VBucket | undefined {
    const at = this.#indexOf(opaque)
    return at === -1 ? undefined : this.#vbuckets.splice(at, 1)[0]
  }

  /** Appends requests that were just sent. */
  expect(vbuckets: Iterable<VBucket>): void {
    for (const vbucket of vbuckets) this.#vbuckets.push(vbucket)
  }

  [Symbol.iterator](): Iterator<VBucket> {
    return this.#vbuckets.values()
  }

  #indexOf(opaque: number): number {
    const numbers: readonly number[] = this.#vbuckets
    return numbers.indexOf(opaque)
  }
}
