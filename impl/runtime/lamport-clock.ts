import { Schema } from "effect"

/** No honest clock gets this far; a frame that claims so would push every other clock to where numbers lose their last digit. */
const farthest = 2 ** 50

/** A clock's reading as it travels, on every frame and every line. */
export const ClockReading = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: farthest }))

/**
 * Logical time of one process: it passes with every label, and jumps ahead of whatever is heard from others.
 *
 * Sorted by it, the journals of all processes are in an order in which no effect comes before its cause (Lamport 1978).
 */
export class LamportClock {
  #now: number

  constructor(now = 0) {
    this.#now = now
  }

  /** What is written on everything that leaves the process. */
  get now(): number {
    return this.#now
  }

  /** The time of one more event, later than all that this process knows of. */
  tick(): number {
    return ++this.#now
  }

  /** Takes notice of another process's reading. */
  witness(reading: number): void {
    if (reading > this.#now) this.#now = reading
  }
}
