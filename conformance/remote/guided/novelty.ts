/** How often each set of possible model states was reached: new is what no walk has led to before. */
import { createHash } from "node:crypto"
import type { Place } from "../../kit/possible.ts"
import type { Course } from "../course.ts"

/** How far walks have come in one design. */
export interface Reached {
  /** Different sets of possible model states. */
  readonly sets: number
  /** Rules of its environments that took place. */
  readonly rules: number
  /** Different things that the environments chose, with what they chose in each. */
  readonly choices: number
}

/** Sets, or choices, beyond which no further one is counted; each is a short text. */
const mostCounted = 100_000

/**
 * Sets are told apart by what the model's states hold. Whatever else an implementation reveals is no news, and neither is
 * another way to the same states that only laws remember.
 */
export class Novelty<L, I, O, V> {
  readonly rules = new Set<string>()
  readonly choices = new Set<string>()
  private readonly course: Course<L, I, O, V>
  private readonly most: number
  private readonly visits = new Map<string, number>()
  /** Names of sets that are at hand, so that each is worked out once. */
  private readonly names = new WeakMap<Place<L, I, O, V>, string>()

  constructor(course: Course<L, I, O, V>, most = mostCounted) {
    this.course = course
    this.most = most
  }

  /** Different sets that were reached. */
  get size(): number {
    return this.visits.size
  }

  /** A short name of a set of states: the same wherever the same model states are possible. */
  states(place: Place<L, I, O, V>): string {
    const known = this.names.get(place)
    if (known !== undefined) return known
    const states = new Set(place.nodes.map((node) => this.course.graph.told(node)))
    const text = JSON.stringify([...states].sort())
    const name = createHash("sha256").update(text).digest("base64").slice(0, 16)
    this.names.set(place, name)
    return name
  }

  /** How often a set of this name was reached. */
  times(states: string): number {
    return this.visits.get(states) ?? 0
  }

  /** Counts a set that was reached by this choice of a rule, and returns its name. */
  reached(place: Place<L, I, O, V>, rule: string, choice: string): string {
    const states = this.states(place)
    const times = this.times(states)
    if (times > 0 || this.visits.size < this.most) this.visits.set(states, times + 1)
    this.rules.add(rule)
    if (this.choices.size < this.most) this.choices.add(choice)
    return states
  }
}

/** What walks in several environments have reached together. */
export const reachedIn = (
  all: ReadonlyArray<Pick<Novelty<never, never, never, never>, "size" | "rules" | "choices">>
): Reached => ({
  sets: all.reduce((sum, { size }) => sum + size, 0),
  rules: new Set(all.flatMap(({ rules }) => [...rules])).size,
  choices: new Set(all.flatMap(({ choices }) => [...choices])).size
})
