/** Strongly connected components, without recursion (Tarjan). */
import type { Graph } from "./graph.ts"

/** Larger than the index of any state on the stack: a state whose component is known no longer counts. */
const known = 0x7fff_ffff

/** Finds components of parts of one graph, one part after the other. */
export class Components {
  private readonly graph: Graph
  private readonly index: Int32Array
  private readonly low: Int32Array
  private readonly cursor: Int32Array
  private readonly stack: Int32Array
  private readonly path: Int32Array

  constructor(graph: Graph) {
    this.graph = graph
    const states = graph.starts.length - 1
    this.index = new Int32Array(states)
    this.low = new Int32Array(states)
    this.cursor = new Int32Array(states)
    this.stack = new Int32Array(states)
    this.path = new Int32Array(states)
  }

  /**
   * Tells every component of the part made of `members`, which are the states whose `region` is `id`.
   *
   * A component stands in a view that is only valid during the call. Whoever is told may give its states another region.
   */
  each(members: Int32Array, region: Int32Array, id: number, found: (component: Int32Array) => void): void {
    const { index } = this
    for (const state of members) index[state] = 0
    let count = 0
    for (const root of members) if (index[root] === 0) count = this.from(root, count, region, id, found)
  }

  private from(
    root: number,
    first: number,
    region: Int32Array,
    id: number,
    found: (component: Int32Array) => void
  ): number {
    const { index, low, cursor, stack, path } = this
    const { starts, targets } = this.graph
    let count = first
    let top = 0
    let depth = 0
    let entered = root
    for (;;) {
      if (entered >= 0) {
        index[entered] = low[entered] = ++count
        cursor[entered] = starts[entered]!
        stack[top++] = entered
        path[depth++] = entered
        entered = -1
      }
      const state = path[depth - 1]!
      if (cursor[state]! < starts[state + 1]!) {
        const target = targets[cursor[state]!++]!
        if (target < 0 || region[target] !== id) continue
        if (index[target] === 0) entered = target
        else if (index[target]! < low[state]!) low[state] = index[target]!
        continue
      }
      depth--
      if (depth > 0 && low[state]! < low[path[depth - 1]!]!) low[path[depth - 1]!] = low[state]!
      if (low[state] === index[state]) {
        const end = top
        do index[stack[--top]!] = known
        while (stack[top] !== state)
        found(stack.subarray(top, end))
      }
      if (depth === 0) return count
    }
  }
}
