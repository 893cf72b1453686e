/** The map that a tour draws as it goes: where it has been, what it tried there, and how to get to what is left. */
import type { Option, Place } from "./possible.ts"

/** A place on the tour: what was not tried there yet, and where what was tried led last. */
export interface Stop<L, I, O, V> {
  readonly place: Place<L, I, O, V>
  readonly untried: Array<Option<L, I, O, V>>
  readonly tried: Map<Option<L, I, O, V>, Arrow<L, I, O, V>>
  /** Every arrow that ever led here. */
  readonly incoming: Array<Arrow<L, I, O, V>>
  /** The first step towards what was not tried when the map was last swept; none where there was no way. */
  hint: Arrow<L, I, O, V> | undefined
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
    }
    const arrow = { option, from, to }
    from.tried.set(option, arrow)
    to.incoming.push(arrow)
    return to
  }

  /** A short way to something that was not tried; nothing where no way is known. */
  wayToUntried(from: Stop<L, I, O, V>): ReadonlyArray<Arrow<L, I, O, V>> {
    const way = hinted(from)
    if (way.at(-1)?.to.untried.length !== 0 && way.length > 0) return way
    this.sweep()
    return hinted(from)
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
    const stop = {
      place,
      untried: [...place.options].reverse(),
      tried: new Map(),
      incoming: [],
      hint: undefined
    }
    this.untried += stop.untried.length
    this.stops.set(place, stop)
    return stop
  }

  /** Gives every stop the first step of a shortest way, going backwards from all that is left. One sweep serves many ways. */
  private sweep(): void {
    const queue = [...this.stops.values()].filter((stop) => {
      stop.hint = undefined
      return stop.untried.length > 0
    })
    const seen = new Set(queue)
    for (const stop of queue)
      for (const arrow of stop.incoming) {
        if (seen.has(arrow.from) || arrow.from.tried.get(arrow.option) !== arrow) continue
        seen.add(arrow.from)
        arrow.from.hint = arrow
        queue.push(arrow.from)
      }
  }
}

/** Hints lead nearer with each step, so they come to an end. */
const hinted = <L, I, O, V>(from: Stop<L, I, O, V>): ReadonlyArray<Arrow<L, I, O, V>> => {
  const way: Array<Arrow<L, I, O, V>> = []
  for (let { hint } = from; hint !== undefined; { hint } = hint.to) way.push(hint)
  return way
}
