/** The map that a tour draws as it goes: where it has been, what it tried there, and how to get to what is left. */
import type { Option, Place } from "./possible.ts"

/** A place on the tour: what was not tried there yet, and where what was tried led last. */
export interface Stop<L, I, O, V> {
  /** How many stops were known before. */
  readonly number: number
  readonly place: Place<L, I, O, V>
  readonly untried: Array<Option<L, I, O, V>>
  readonly tried: Map<Option<L, I, O, V>, Arrow<L, I, O, V>>
  /** The arrows that led here last, and the numbers of the stops that they come from. */
  readonly incoming: Array<Arrow<L, I, O, V>>
  readonly sources: Array<number>
}

export interface Arrow<L, I, O, V> {
  readonly option: Option<L, I, O, V>
  readonly from: Stop<L, I, O, V>
  readonly to: Stop<L, I, O, V>
}

export class TourMap<L, I, O, V> {
  readonly first: Stop<L, I, O, V>
  /** Options that were taken at least once. */
  transitions = 0
  /** Options that were not taken yet, at all stops that are known. */
  untried = 0
  private readonly stops = new Map<Place<L, I, O, V>, Stop<L, I, O, V>>()
  private readonly inOrder: Array<Stop<L, I, O, V>> = []
  // Sweeps are most of what a tour computes, so they go over numbers.
  private sweeps = 0
  /** By stop: the last sweep that came to it, and the first step towards what was not tried then; none where that was there. */
  private swept = new Int32Array(0)
  private readonly hints: Array<Arrow<L, I, O, V> | undefined> = []

  constructor(start: Place<L, I, O, V>) {
    this.first = this.stop(start)
  }

  get size(): number {
    return this.stops.size
  }

  /** The stop at a place where somebody has been. */
  at(place: Place<L, I, O, V>): Stop<L, I, O, V> | undefined {
    return this.stops.get(place)
  }

  /** Notes where an option led. Where nobody can see all of a state, it may lead elsewhere next time, and the last time counts. */
  arrived(from: Stop<L, I, O, V>, option: Option<L, I, O, V>, place: Place<L, I, O, V>): Stop<L, I, O, V> {
    const to = this.stop(place)
    const known = from.tried.get(option)
    if (known?.to === to) return to
    if (known === undefined) {
      this.untried--
      this.transitions++
    } else forget(known)
    const arrow = { option, from, to }
    from.tried.set(option, arrow)
    to.incoming.push(arrow)
    to.sources.push(from.number)
    return to
  }

  /** A short way to something that was not tried; nothing where no way is known. */
  wayToUntried(from: Stop<L, I, O, V>): ReadonlyArray<Arrow<L, I, O, V>> {
    const way = this.hinted(from)
    if (way.at(-1)?.to.untried.length !== 0 && way.length > 0) return way
    this.sweep()
    return this.hinted(from)
  }

  /** The shortest known way to a stop, breadth first. */
  wayTo(wanted: Stop<L, I, O, V>): ReadonlyArray<Arrow<L, I, O, V>> {
    const came = new Map<Stop<L, I, O, V>, Arrow<L, I, O, V> | undefined>([[this.first, undefined]])
    for (const stop of came.keys())
      for (const arrow of stop.tried.values()) if (!came.has(arrow.to)) came.set(arrow.to, arrow)
    const way: Array<Arrow<L, I, O, V>> = []
    for (let arrow = came.get(wanted); arrow !== undefined; arrow = came.get(arrow.from)) way.push(arrow)
    return way.reverse()
  }

  private stop(place: Place<L, I, O, V>): Stop<L, I, O, V> {
    const known = this.stops.get(place)
    if (known !== undefined) return known
    const stop: Stop<L, I, O, V> = {
      number: this.stops.size,
      place,
      untried: [...place.options].reverse(),
      tried: new Map(),
      incoming: [],
      sources: []
    }
    this.untried += stop.untried.length
    this.stops.set(place, stop)
    this.inOrder.push(stop)
    return stop
  }

  /** Gives every stop the first step of a shortest way, going backwards from all that is left. One sweep serves many ways. */
  private sweep(): void {
    const { inOrder, hints } = this
    if (this.swept.length < inOrder.length) this.swept = new Int32Array(2 * inOrder.length)
    const { swept } = this
    const sweep = ++this.sweeps
    const queue: Array<number> = []
    for (const { number, untried } of inOrder) {
      if (untried.length === 0) continue
      swept[number] = sweep
      hints[number] = undefined
      queue.push(number)
    }
    for (let next = 0; next < queue.length; next++) {
      const { sources, incoming } = inOrder[queue[next]!]!
      for (let at = 0; at < sources.length; at++) {
        const source = sources[at]!
        if (swept[source] === sweep) continue
        swept[source] = sweep
        hints[source] = incoming[at]
        queue.push(source)
      }
    }
  }

  /** Hints lead nearer with each step, so they come to an end. */
  private hinted(from: Stop<L, I, O, V>): ReadonlyArray<Arrow<L, I, O, V>> {
    const way: Array<Arrow<L, I, O, V>> = []
    for (let hint = this.hint(from); hint !== undefined; hint = this.hint(hint.to)) way.push(hint)
    return way
  }

  private hint({ number }: Stop<L, I, O, V>): Arrow<L, I, O, V> | undefined {
    return this.sweeps > 0 && this.swept[number] === this.sweeps ? this.hints[number] : undefined
  }
}

/** The option led elsewhere now. */
const forget = <L, I, O, V>(arrow: Arrow<L, I, O, V>): void => {
  const { incoming, sources } = arrow.to
  const at = incoming.indexOf(arrow)
  incoming.splice(at, 1)
  sources.splice(at, 1)
}
