import type { Position, Term } from "../../../spec/metadata.ts"
import type { BuildingState } from "../../../spec/view-building/metadata.ts"
import type { Entry, Group0 } from "../group0/group0.ts"
import type { Applied } from "../worker/surroundings.ts"

/** What a node has applied of group 0: what its writes, its workers and its fibers go by. */
export class AppliedState implements Applied {
  readonly #group0: Group0
  #entry: Entry

  constructor(group0: Group0, first: Entry) {
    this.#group0 = group0
    this.#entry = first
  }

  get state(): BuildingState {
    return this.#entry.metadata.state
  }

  get at(): Position {
    return this.#entry.at
  }

  get term(): Term {
    return this.#group0.leadership.term
  }

  become(entry: Entry): void {
    this.#entry = entry
  }

  readBarrier(): Promise<Position> {
    return this.#group0.readBarrier()
  }
}
