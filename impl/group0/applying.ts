import type { Position } from "../../spec/metadata.ts"
import { type Apply, type Entry, Unavailable } from "./group0.ts"

/** What decides how a member applies. */
export interface ApplyingOptions {
  /** Resolves when the member may go on to apply; asked each time that entries wait. */
  readonly ready: () => Promise<void>
  /** How many of so many waiting entries are merged and applied as one. */
  readonly merge: (waiting: number) => number
}

interface Waiter<Metadata> {
  readonly at: Position
  readonly resolve: (applied: Entry<Metadata>) => void
  readonly reject: (error: Unavailable) => void
}

/** One member's entries on their way from the log to the node, and those who wait until they are applied. */
export class Applying<Metadata> {
  readonly #options: ApplyingOptions
  #arrived: Entry<Metadata>[] = []
  #last: Entry<Metadata> | undefined
  #applied: Entry<Metadata> | undefined
  #apply: Apply<Metadata> | undefined
  #waiters: Waiter<Metadata>[] = []
  #isRunning = false
  #isHeld = false
  /** Why nothing is applied any more, ever. */
  #over: Unavailable | undefined

  constructor(options: ApplyingOptions) {
    this.#options = options
  }

  /** Takes an entry of the log. One that is not newer than those before says nothing new. */
  arrive(entry: Entry<Metadata>): void {
    if (this.#over !== undefined || (this.#last !== undefined && entry.at <= this.#last.at)) return
    this.#last = entry
    this.#arrived.push(entry)
    this.#run()
  }

  /** Forgets all waiting entries but the newest, as a member does that gets a snapshot. */
  skip(): void {
    this.#arrived.splice(0, this.#arrived.length - 1)
  }

  follow(apply: Apply<Metadata>): void {
    this.#apply = apply
    this.#run()
  }

  /** Holds back what was not begun yet, until `release`. */
  hold(): void {
    this.#isHeld = true
  }

  release(): void {
    this.#isHeld = false
    this.#run()
  }

  /** Resolves once a position was applied, with what is applied then. */
  reached(at: Position): Promise<Entry<Metadata>> {
    if (this.#over !== undefined) return Promise.reject(this.#over)
    if (this.#applied !== undefined && this.#applied.at >= at) return Promise.resolve(this.#applied)
    return new Promise((resolve, reject) => this.#waiters.push({ at, resolve, reject }))
  }

  /** Ends every wait; those that come later are none the worse. */
  interrupt(why: string): void {
    const waiters = this.#waiters
    this.#waiters = []
    for (const { reject } of waiters) reject(new Unavailable(why))
  }

  /** Ends every wait, also those that come later, and applies nothing any more. */
  stop(why: string): void {
    this.#over ??= new Unavailable(why)
    this.#arrived = []
    this.interrupt(this.#over.message)
  }

  /** Neither applies nor settles anything any more. */
  abandon(): void {
    this.#apply = undefined
    this.#arrived = []
    this.#waiters = []
  }

  #run(): void {
    if (this.#isRunning || !this.#hasWork) return
    this.#isRunning = true
    void this.#applyAll()
  }

  get #hasWork(): boolean {
    return this.#apply !== undefined && !this.#isHeld && this.#arrived.length > 0
  }

  async #applyAll(): Promise<void> {
    while (this.#hasWork) {
      await this.#options.ready()
      // Meanwhile the member may have been held, stopped, or given a snapshot.
      if (this.#apply !== undefined && this.#hasWork) await this.#applySome(this.#apply)
    }
    // In the same breath as the last look at what there is to do, so that nothing that comes later is overlooked.
    this.#isRunning = false
  }

  async #applySome(apply: Apply<Metadata>): Promise<void> {
    const waiting = this.#arrived.length
    const taken = this.#arrived.splice(0, Math.min(waiting, Math.max(1, this.#options.merge(waiting))))
    const entry = taken.at(-1)!
    try {
      await apply(entry)
    } catch (error) {
      this.stop(
        `this member cannot apply position ${entry.at}: ${error instanceof Error ? error.message : String(error)}`
      )
      return
    }
    if (this.#over !== undefined) return
    this.#applied = entry
    const done = this.#waiters.filter(({ at }) => at <= entry.at)
    this.#waiters = this.#waiters.filter(({ at }) => at > entry.at)
    for (const { resolve } of done) resolve(entry)
  }
}
