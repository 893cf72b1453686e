/** Judging `leadsTo` laws: a law is violated where a fair run may begin to wait and never stop waiting. */
import type { LeadsToLaw } from "../../../spec/law.ts"
import { blaming } from "../errors.ts"
import type { Reached } from "../reached.ts"
import { type Graph, GraphBuilder } from "./graph.ts"
import { nearestLasso } from "./lasso.ts"
import { Subset } from "./subset.ts"

/** Who is told that waiting may never end: from a state on, by a law at a position, going round these states. */
export interface Waiter {
  hangsAt(law: number, state: number, why: string, loop: ReadonlyArray<LoopStep>): void
}

/** One step of the loop that a waiting run goes round. */
export interface LoopStep {
  readonly from: number
  readonly to: number
  readonly rule: number
}

/** Judges the `leadsTo` laws on what was expanded. `look` is told which state a law is asked about. */
export const judgeLiveness = <L>(reached: Reached<L>, waiter: Waiter, look: (state: number) => void): void => {
  const laws = [...reached.compiled.system.laws.entries()].flatMap(([index, law]) =>
    law.modality === "leadsTo" ? [{ index, whyAt: waits(reached, law, look) }] : []
  )
  if (laws.length === 0) return
  const somebodyWaits = (state: number): boolean => {
    for (const { whyAt } of laws) if (whyAt(state) !== null) return true
    return false
  }
  const { states, graph, waiting } = waitingGraph(reached, somebodyWaits)
  if (states.length === 0) return
  const levels = reached.levels()
  const levelEnd = (at: number): number =>
    waiting.rank(Math.min(levels[reached.depth(states[at]!) + 1]!, reached.expanded))
  for (const { index, whyAt } of laws) {
    const pending = Uint8Array.from(states, (state) => (whyAt(state) === null ? 0 : 1))
    const lasso = nearestLasso(graph, pending, levelEnd)
    if (lasso === undefined) continue
    const loop = lasso.loop.map(({ from, step }) => ({
      from: states[from]!,
      to: states[graph.targets[step]!]!,
      rule: graph.rules[step]!
    }))
    const state = states[lasso.state]!
    waiter.hangsAt(index, state, whyAt(state) ?? "", loop)
  }
}

/** The states in which somebody waits, numbered by themselves, and all steps from them. */
const waitingGraph = <L>(
  reached: Reached<L>,
  waits: (state: number) => boolean
): { readonly states: Int32Array; readonly graph: Graph; readonly waiting: Subset } => {
  const { expanded } = reached
  const waiting = new Subset(expanded, waits)
  const { states } = waiting
  const builder = new GraphBuilder(
    states.length,
    reached.compiled.system.rules.map(({ fair }) => fair)
  )
  const onStep = (from: number, to: number, rule: number): void =>
    builder.step(waiting.rank(from), to >= 0 && to < expanded && waiting.has(to) ? waiting.rank(to) : outside, rule)
  reached.steps(0, expanded, onStep, waiting)
  return { states, graph: builder.done(), waiting }
}

/** A target that is no state of the graph. */
const outside = -1

/** Who waits for what in a state, or null where nobody does; the law is asked once for each value of its memory. */
const waits = <L>(
  reached: Reached<L>,
  law: LeadsToLaw<L>,
  look: (state: number) => void
): ((state: number) => string | null) => {
  const { cells, memories } = reached.compiled
  const position = memories.findIndex((table) => table.memory === law.follows)
  const memory = memories[position]!
  const whys: Array<string | null> = []
  return (state) => {
    const value = reached.number(state, cells.length + position)
    const known = whys[value]
    if (known !== undefined) return known
    look(state)
    const why = blaming(
      () => `law ${law.id}`,
      () => law.pending(memory.values.value(value)) ?? null
    )
    whys[value] = why
    return why
  }
}
