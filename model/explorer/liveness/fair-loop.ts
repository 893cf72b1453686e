/** Whether going round a loop for ever is fair, and which rules are still owed a firing if it is not. */
import type { Graph } from "./graph.ts"

/** A step of a walk: the state that it leaves and its position among the graph's steps. */
export interface Edge {
  readonly from: number
  readonly step: number
}

/** Rules that a walk owes something. */
export interface Owed {
  /** Enabled in every state of the walk and never fired. */
  readonly weak: ReadonlyArray<number>
  /** Enabled in some state of the walk and never fired. */
  readonly strong: ReadonlyArray<number>
}

/** The rules enabled in a state. */
export const enabledAt = ({ starts, rules }: Graph, state: number): ReadonlySet<number> =>
  new Set(rules.subarray(starts[state]!, starts[state + 1]!))

/** What a walk through these states by these steps owes. */
export const owed = (graph: Graph, states: ReadonlyArray<number>, walk: ReadonlyArray<Edge>): Owed => {
  const { starts, rules, fairness } = graph
  const fired = new Uint8Array(fairness.length)
  for (const { step } of walk) fired[rules[step]!] = 1
  /** At how many of the states each rule is enabled, and the last place where it was counted. */
  const enabled = new Int32Array(fairness.length)
  const counted = new Int32Array(fairness.length).fill(-1)
  for (const [place, state] of states.entries()) {
    for (let step = starts[state]!; step < starts[state + 1]!; step++) {
      const rule = rules[step]!
      if (counted[rule] === place) continue
      counted[rule] = place
      enabled[rule]!++
    }
  }
  const unfired = [...fairness.keys()].filter((rule) => fired[rule] === 0)
  return {
    weak: unfired.filter((rule) => fairness[rule] === "weak" && enabled[rule] === states.length),
    strong: unfired.filter((rule) => fairness[rule] === "strong" && enabled[rule]! > 0)
  }
}

/** Whether it is fair to go round these steps for ever. They must form a loop. */
export const isFairLoop = (graph: Graph, walk: ReadonlyArray<Edge>): boolean => {
  const { weak, strong } = owed(
    graph,
    walk.map(({ from }) => from),
    walk
  )
  return weak.length === 0 && strong.length === 0
}
