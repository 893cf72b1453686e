/** Everything that waits for its turn, by name, until the kit chooses it. */
import type { Turn } from "../../impl/runtime/turn.ts"
import type { Event } from "../kit/cluster/cluster-life.ts"

interface Announced extends Event {
  readonly go: () => void
}

export class AnnouncedEvents {
  #waiting: ReadonlyArray<Announced> = []
  #count = 0

  /** What the parts of a cluster ask before anything happens. */
  readonly turn: Turn = (name) =>
    new Promise((go) => {
      this.#waiting = [...this.#waiting, { id: ++this.#count, name, go }]
    })

  get waiting(): ReadonlyArray<Event> {
    return this.#waiting
  }

  /** Lets an event happen. Throws where it does not wait. */
  release(event: Event): void {
    const chosen = this.#waiting.find(({ id }) => id === event.id)
    if (chosen === undefined) throw new RangeError(`${event.name} does not wait to happen`)
    this.#waiting = this.#waiting.filter((other) => other !== chosen)
    chosen.go()
  }
}

/** Lets everything run that waits for nothing: one turn of the event loop comes after all microtasks. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
