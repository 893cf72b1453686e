/** Time, as a process may know it. Nothing in `impl` reads a clock or sets a timer in another way. */
export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number
  /** Calls `fire` once after so many milliseconds, unless the function returned is called before. */
  setTimer(milliseconds: number, fire: () => void): () => void
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimer(milliseconds, fire) {
    const timer = setTimeout(fire, milliseconds)
    return () => clearTimeout(timer)
  }
}

/** A clock on which every wait is so many times as short, for those who cannot wait as long as a database. */
export const hurried = (clock: Clock, times: number): Clock => ({
  now: () => clock.now() * times,
  setTimer: (milliseconds, fire) => clock.setTimer(milliseconds / times, fire)
})

interface Timer {
  readonly due: number
  readonly fire: () => void
}

/** Time that passes only when told to, so that a minute of waiting costs nothing and happens the same way each time. */
export class VirtualClock implements Clock {
  #now = 0
  /** In the order in which they were set, which decides between timers that are due together. */
  readonly #timers = new Set<Timer>()

  now(): number {
    return this.#now
  }

  setTimer(milliseconds: number, fire: () => void): () => void {
    const timer = { due: this.#now + milliseconds, fire }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  /** How many timers are set. */
  get pending(): number {
    return this.#timers.size
  }

  /** Lets time pass and fires what falls due on the way, in order of time, also timers set on the way. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds
    for (let next = this.#earliest(end); next !== undefined; next = this.#earliest(end)) {
      this.#timers.delete(next)
      this.#now = next.due
      next.fire()
    }
    this.#now = end
  }

  #earliest(end: number): Timer | undefined {
    let earliest: Timer | undefined
    for (const timer of this.#timers) {
      if (timer.due <= end && (earliest === undefined || timer.due < earliest.due)) earliest = timer
    }
    return earliest
  }
}
