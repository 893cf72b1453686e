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
  const fired = new Set(walk.map(({ step }) => graph.rules[step]!))
  const enabled = [...new Set(states)].map((state) => enabledAt(graph, state))
  const first = [...enabled[0]!]
  return {
    weak: first.filter(
      (rule) => graph.fairness[rule] === "weak" && !fired.has(rule) && enabled.every((rules) => rules.has(rule))
    ),
    strong: [...new Set(enabled.flatMap((rules) => [...rules]))].filter(
      (rule) => graph.fairness[rule] === "strong" && !fired.has(rule)
    )
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
