/** A short fair loop through a state of a fair part. */
import { type Edge, enabledAt, isFairLoop, owed } from "./fair-loop.ts"
import type { Graph } from "./graph.ts"

/** Longer loops are told as they were found: shortening them takes a time that grows with the square of their length. */
const longestShortened = 300

/**
 * A loop from `start` back to it, inside the part that `start` lies in, that a run may take for ever, fairly.
 *
 * It is the shortest loop where that one is fair, and otherwise made of shortest ways to the next thing owed.
 */
export const shortFairLoop = (graph: Graph, parts: Int32Array, start: number): ReadonlyArray<Edge> => {
  const way = new Ways(graph, parts, parts[start]!)
  const around = way.to(start, (edge) => graph.targets[edge.step] === start)
  if (isFairLoop(graph, around)) return around
  let walk: ReadonlyArray<Edge> = []
  for (;;) {
    const at = walk.length === 0 ? start : graph.targets[walk.at(-1)!.step]!
    const { weak, strong } = owed(graph, [at, ...walk.map(({ from }) => from)], walk)
    if (weak.length > 0 || strong.length > 0) walk = [...walk, ...way.to(at, (edge) => pays(graph, edge, weak, strong))]
    else if (walk.length > 0 && at === start) return shortened(graph, walk)
    else walk = [...walk, ...way.to(at, ({ step }) => graph.targets[step] === start)]
  }
}

/** Whether a step gives one of the rules what it is owed: a firing, or for a weakly fair one a state where it is not enabled. */
const pays = (graph: Graph, { step }: Edge, weak: ReadonlyArray<number>, strong: ReadonlyArray<number>): boolean => {
  const rule = graph.rules[step]!
  if (weak.includes(rule) || strong.includes(rule)) return true
  if (weak.length === 0) return false
  const enabled = enabledAt(graph, graph.targets[step]!)
  return weak.some((owing) => !enabled.has(owing))
}

/** Leaves out every round on the way that the loop can do without. */
const shortened = (graph: Graph, walk: ReadonlyArray<Edge>): ReadonlyArray<Edge> => {
  if (walk.length > longestShortened) return walk
  for (let i = 0; i < walk.length; i++) {
    for (let j = walk.length; j > i; j--) {
      const back = j === walk.length ? walk[0]!.from : walk[j]!.from
      if (back !== walk[i]!.from || j - i === walk.length) continue
      const rest = [...walk.slice(0, i), ...walk.slice(j)]
      if (isFairLoop(graph, rest)) return shortened(graph, rest)
    }
  }
  return walk
}

const none = -1

/** Shortest ways inside one part. */
class Ways {
  private readonly graph: Graph
  private readonly parts: Int32Array
  private readonly part: number
  /** The states reached, in order, and for each state the step that led to it and the state which that step leaves. */
  private readonly queue: Array<number> = []
  private readonly by: Int32Array
  private readonly before: Int32Array

  constructor(graph: Graph, parts: Int32Array, part: number) {
    this.graph = graph
    this.parts = parts
    this.part = part
    this.by = new Int32Array(parts.length).fill(none)
    this.before = new Int32Array(parts.length)
  }

  /** The shortest way from a state that ends with a step that `isGoal` accepts. There must be one. */
  to(from: number, isGoal: (edge: Edge) => boolean): ReadonlyArray<Edge> {
    const { queue, by, before } = this
    const { starts, targets } = this.graph
    for (const state of queue) by[state] = none
    queue.length = 0
    queue.push(from)
    for (const state of queue) {
      for (let step = starts[state]!; step < starts[state + 1]!; step++) {
        const target = targets[step]!
        if (target < 0 || this.parts[target] !== this.part) continue
        const edge = { from: state, step }
        if (isGoal(edge)) return [...this.wayTo(from, state), edge]
        if (target === from || by[target] !== none) continue
        by[target] = step
        before[target] = state
        queue.push(target)
      }
    }
    throw new Error("a fair part has no way to what is owed in it")
  }

  private wayTo(from: number, state: number): ReadonlyArray<Edge> {
    const way: Array<Edge> = []
    for (let at = state; at !== from; at = this.before[at]!) way.push({ from: this.before[at]!, step: this.by[at]! })
    return way.reverse()
  }
}
