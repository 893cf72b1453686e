/** Judging `leadsTo` laws: a law is violated where a fair run may begin to wait and never stop waiting. */
import type { LeadsToLaw } from "../../../spec/law.ts"
import { blaming } from "../errors.ts"
import type { Reached } from "../reached.ts"
import { type Graph, GraphBuilder } from "./graph.ts"
import { nearestLasso } from "./lasso.ts"

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
    law.modality === "leadsTo" ? [{ index, ...waits(reached, law, look) }] : []
  )
  const anybody = new Uint8Array(reached.expanded)
  for (const { pending } of laws) for (let s = 0; s < anybody.length; s++) anybody[s]! |= pending[s]!
  if (!anybody.includes(1)) return
  const graph = waitingGraph(reached, anybody)
  const levels = reached.levels()
  for (const { index, pending, whyAt } of laws) {
    const lasso = nearestLasso(graph, pending, (state) => Math.min(levels[reached.depth(state) + 1]!, reached.expanded))
    if (lasso === undefined) continue
    const { state, loop } = lasso
    const steps = loop.map(({ from, step }) => ({ from, to: graph.targets[step]!, rule: graph.rules[step]! }))
    waiter.hangsAt(index, state, whyAt(state), steps)
  }
}

/** The graph of all steps from states in which somebody waits. */
const waitingGraph = <L>(reached: Reached<L>, waiting: Uint8Array): Graph => {
  const { expanded } = reached
  const builder = new GraphBuilder(
    expanded,
    reached.compiled.system.rules.map(({ fair }) => fair)
  )
  reached.steps(
    0,
    expanded,
    (from, to, rule) => builder.step(from, to < expanded && waiting[to] !== 0 ? to : -1, rule),
    waiting
  )
  return builder.done()
}

/** In which states the law has somebody waiting, and who waits for what there. */
const waits = <L>(
  reached: Reached<L>,
  law: LeadsToLaw<L>,
  look: (state: number) => void
): { readonly pending: Uint8Array; readonly whyAt: (state: number) => string } => {
  const { expanded } = reached
  const { cells, memories } = reached.compiled
  const position = memories.findIndex((table) => table.memory === law.follows)
  const memory = memories[position]!
  const valueAt = (state: number): number => reached.number(state, cells.length + position)
  const whys: Array<string | null> = []
  const pending = new Uint8Array(expanded)
  for (let state = 0; state < expanded; state++) {
    const value = valueAt(state)
    if (whys[value] === undefined) {
      look(state)
      whys[value] = blaming(
        () => `law ${law.id}`,
        () => law.pending(memory.values.value(value)) ?? null
      )
    }
    if (whys[value] !== null) pending[state] = 1
  }
  return { pending, whyAt: (state) => whys[valueAt(state)] ?? "" }
}
