/**
 * Where a fair run can stay for ever.
 *
 * A run that goes on for ever is fair if it fires every weakly fair rule that is enabled from some point on in all its
 * states, and every strongly fair rule that is enabled in its states again and again. A run may stop only where no fair
 * rule is enabled. Fairness is owed to a rule by its name: a rule that may fire in several ways has fired if it fired in
 * any of them, and a firing that changes nothing is a firing too.
 */
import { Components } from "./components.ts"
import type { Graph } from "./graph.ts"

/** Where a run may stay, all within the states asked about. */
export interface Stays {
  /** 1 where a run may stop. */
  readonly stops: Uint8Array
  /** The number of the fair part that a state lies in, or 0. A run may go round in all of a part for ever, fairly. */
  readonly parts: Int32Array
}

/** What was seen of the rules inside one component. */
class Seen {
  private readonly weak: ReadonlyArray<number>
  private readonly strong: ReadonlyArray<number>
  /** In how many of the component's states each rule is enabled. */
  readonly enabled: Int32Array
  /** Whether each rule leads from the component into it. */
  readonly taken: Uint8Array
  /** After `owesStrongly`: the strongly fair rules that are enabled inside and never lead on inside. */
  readonly starved: Uint8Array
  private readonly lastAt: Int32Array

  constructor({ fairness }: Graph) {
    const positions = [...fairness.keys()]
    this.weak = positions.filter((rule) => fairness[rule] === "weak")
    this.strong = positions.filter((rule) => fairness[rule] === "strong")
    this.enabled = new Int32Array(fairness.length)
    this.taken = new Uint8Array(fairness.length)
    this.starved = new Uint8Array(fairness.length)
    this.lastAt = new Int32Array(fairness.length)
  }

  clear(): void {
    this.enabled.fill(0)
    this.taken.fill(0)
    this.lastAt.fill(-1)
  }

  enabledAt(state: number, rule: number): void {
    if (this.lastAt[rule] === state) return
    this.lastAt[rule] = state
    this.enabled[rule]!++
  }

  /** Whether a weakly fair rule is enabled in all of so many states and never leads on inside. */
  owesWeakly(states: number): boolean {
    for (const rule of this.weak) if (this.enabled[rule] === states && this.taken[rule] === 0) return true
    return false
  }

  owesStrongly(): boolean {
    let owes = false
    for (const rule of this.strong) {
      const starved = this.enabled[rule]! > 0 && this.taken[rule] === 0
      this.starved[rule] = starved ? 1 : 0
      owes ||= starved
    }
    return owes
  }
}

/** Where fair runs of `graph` may stay for ever within the states that `inside` marks. */
export const stays = (graph: Graph, inside: Uint8Array): Stays => {
  const { starts, targets, rules, fairness } = graph
  const stops = new Uint8Array(inside.length)
  const parts = new Int32Array(inside.length)
  const region = new Int32Array(inside.length)
  const members = new Int32Array(inside.reduce((sum, mark) => sum + mark, 0))
  for (let state = 0, count = 0; state < inside.length; state++) {
    if (inside[state] === 0) continue
    members[count++] = state
    region[state] = 1
    stops[state] = 1
    for (let e = starts[state]!; e < starts[state + 1]!; e++) if (fairness[rules[e]!] !== "none") stops[state] = 0
  }

  const components = new Components(graph)
  const seen = new Seen(graph)
  let regions = 1
  const open: Array<{ readonly members: Int32Array; readonly id: number }> = [{ members, id: 1 }]

  /** Looks at a component that has a region of its own. Says whether a step stays inside it. */
  const look = (component: Int32Array, id: number): boolean => {
    let goesRound = false
    seen.clear()
    for (const state of component) {
      for (let e = starts[state]!; e < starts[state + 1]!; e++) {
        const target = targets[e]!
        const rule = rules[e]!
        seen.enabledAt(state, rule)
        if (target < 0 || region[target] !== id) continue
        seen.taken[rule] = 1
        goesRound = true
      }
    }
    return goesRound
  }

  /** Whether one of the rules marked in `seen.starved` is enabled. */
  const starves = (state: number): boolean => {
    for (let e = starts[state]!; e < starts[state + 1]!; e++) if (seen.starved[rules[e]!] === 1) return true
    return false
  }

  const judge = (component: Int32Array): void => {
    const id = ++regions
    for (const state of component) region[state] = id
    if (component.length === 1 && !hasLoop(graph, component[0]!)) return
    if (!look(component, id)) return
    // Whatever goes round inside owes such a rule a firing and cannot give it.
    if (seen.owesWeakly(component.length)) return
    if (!seen.owesStrongly()) {
      for (const state of component) parts[state] = id
      return
    }
    // Only a run that keeps away from where such a rule is enabled may go round without it.
    const rest = component.filter((state) => !starves(state))
    for (const state of component) region[state] = 0
    for (const state of rest) region[state] = id
    if (rest.length > 0) open.push({ members: rest, id })
  }

  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    components.each(next.members, region, next.id, judge)
  }
  return { stops, parts }
}

const hasLoop = ({ starts, targets }: Graph, state: number): boolean => {
  for (let e = starts[state]!; e < starts[state + 1]!; e++) if (targets[e] === state) return true
  return false
}
