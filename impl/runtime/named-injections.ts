import type { Clock } from "./clock.ts"
import { type EnableOptions, Injected, type Injections, type Particulars, type Visit } from "./injections.ts"
import { unlessAborted } from "./waits.ts"

/** One place, from its first mention on. */
interface Place {
  enabled: "no" | "once" | "yes"
  only: Particulars
  reached: number
  /** Messages that came while nobody waited: each lets one through. */
  messages: number
  waiting: Array<() => void>
}

/** One node's injections, at places of these names. Nothing is enabled at first. */
export class NamedInjections implements Injections {
  readonly #names: ReadonlyArray<string>
  readonly #places = new Map<string, Place>()

  constructor(names: ReadonlyArray<string>) {
    this.#names = names
  }

  enable(name: string, { once = false, only = {} }: EnableOptions = {}): void {
    const place = this.#place(name)
    place.enabled = once ? "once" : "yes"
    place.only = only
  }

  disable(name: string): void {
    const place = this.#place(name)
    place.enabled = "no"
    place.messages = 0
    this.#wake(place)
  }

  disableAll(): void {
    for (const name of this.#places.keys()) this.disable(name)
  }

  isEnabled(name: string): boolean {
    return this.#place(name).enabled !== "no"
  }

  message(name: string): void {
    const place = this.#place(name)
    if (place.waiting.length === 0) place.messages++
    else this.#wake(place)
  }

  poll(name: string): boolean {
    const place = this.#place(name)
    if (place.messages === 0) return false
    place.messages--
    return true
  }

  reached(name: string): number {
    return this.#place(name).reached
  }

  fail(name: string): void {
    if (this.#reach(this.#place(name))) throw new Injected(`${name}: a test asked for this failure`)
  }

  wait(name: string, { signal, as }: Visit = {}): Promise<void> {
    const place = this.#place(name)
    if (!this.#reach(place, as) || this.poll(name)) return Promise.resolve()
    const { woken, leave } = this.#stop(place)
    return signal === undefined ? woken : unlessAborted(signal, woken).finally(leave)
  }

  async sleep(name: string, clock: Clock, milliseconds: number, { signal, as }: Visit = {}): Promise<void> {
    const place = this.#place(name)
    if (!this.#reach(place, as) || this.poll(name)) return
    const { woken, leave } = this.#stop(place)
    let cancel = (): void => {}
    const passed = new Promise<void>((resolve) => {
      cancel = clock.setTimer(milliseconds, resolve)
    })
    const over = Promise.race([passed, woken])
    try {
      await (signal === undefined ? over : unlessAborted(signal, over))
    } finally {
      cancel()
      leave()
    }
  }

  /** Who leaves takes no message from those who come later. */
  #stop(place: Place): { readonly woken: Promise<void>; readonly leave: () => void } {
    let wake = (): void => {}
    const woken = new Promise<void>((resolve) => {
      wake = resolve
    })
    place.waiting.push(wake)
    const leave = (): void => {
      place.waiting = place.waiting.filter((other) => other !== wake)
    }
    return { woken, leave }
  }

  /** Counts who comes to an enabled place and is meant; `once` is used up by the first. */
  #reach(place: Place, as: Particulars = {}): boolean {
    if (place.enabled === "no") return false
    if (Object.entries(place.only).some(([what, value]) => as[what] !== value)) return false
    if (place.enabled === "once") place.enabled = "no"
    place.reached++
    return true
  }

  #wake(place: Place): void {
    const waiting = place.waiting
    place.waiting = []
    for (const resume of waiting) resume()
  }

  #place(name: string): Place {
    const known = this.#places.get(name)
    if (known !== undefined) return known
    if (!this.#names.includes(name))
      throw new RangeError(`there is no injection "${name}"; the places are ${this.#names.join(", ")}`)
    const place: Place = { enabled: "no", only: {}, reached: 0, messages: 0, waiting: [] }
    this.#places.set(name, place)
    return place
  }
}
