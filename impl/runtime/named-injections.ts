import { Injected, type Injections } from "./injections.ts"

/** One place, from its first mention on. */
interface Place {
  enabled: "no" | "once" | "yes"
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

  enable(name: string, options: { readonly once?: boolean } = {}): void {
    this.#place(name).enabled = options.once === true ? "once" : "yes"
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

  reached(name: string): number {
    return this.#place(name).reached
  }

  fail(name: string): void {
    if (this.#reach(this.#place(name))) throw new Injected(`${name}: a test asked for this failure`)
  }

  wait(name: string): Promise<void> {
    const place = this.#place(name)
    if (!this.#reach(place)) return Promise.resolve()
    if (place.messages > 0) {
      place.messages--
      return Promise.resolve()
    }
    return new Promise((resolve) => place.waiting.push(resolve))
  }

  /** Counts who comes to an enabled place; `once` is used up by the first. */
  #reach(place: Place): boolean {
    if (place.enabled === "no") return false
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
    const place: Place = { enabled: "no", reached: 0, messages: 0, waiting: [] }
    this.#places.set(name, place)
    return place
  }
}
