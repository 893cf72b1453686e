/** Where a walk takes place: the environment's graph, the part to be played, and who plays it. */
import type { System } from "../../model/kernel/system.ts"
import type { BrokenLaw } from "./law-memories.ts"
import type { Part, Play } from "./part.ts"
import type { Adapter } from "./role-under-test.ts"
import { type Move, StateGraph, type StateNode } from "./state-graph.ts"

/** A system's graph, with each move prepared for one part. It may serve any number of runs and adapters, one at a time. */
export type PartGraph<L, I, O, V> = StateGraph<L, Play<I, O, V>>
export type PartMove<L, I, O, V> = Move<L, Play<I, O, V>>
export type PartNode<L, I, O, V> = StateNode<L, Play<I, O, V>>

export const graphFor = <L, I, O, V>(system: System<L>, part: Part<L, I, O, V>): PartGraph<L, I, O, V> =>
  new StateGraph(system, (labels) => part.play(labels))

export interface Stage<L, I, O, V> {
  readonly graph: PartGraph<L, I, O, V>
  readonly part: Part<L, I, O, V>
  readonly adapter: Adapter<I, O, V>
  /** Positions of the rules that the implementation carries out by itself. */
  readonly internal: ReadonlyArray<number>
  /** Told of the laws that a step breaks although implementation and model agree in it. */
  readonly onBroken?: (broken: ReadonlyArray<BrokenLaw>, story: () => ReadonlyArray<Move<L, unknown>>) => void
}

export const stage = <L, I, O, V>(
  graph: PartGraph<L, I, O, V>,
  part: Part<L, I, O, V>,
  adapter: Adapter<I, O, V>,
  onBroken?: Stage<L, I, O, V>["onBroken"]
): Stage<L, I, O, V> => {
  if (adapter.role !== part.role)
    throw new TypeError(`${adapter.name} plays ${adapter.role}, but the part is ${part.role}`)
  const internal = graph.rules.flatMap((rule, position) => (part.internal.has(rule) ? [position] : []))
  return { graph, part, adapter, internal, ...(onBroken === undefined ? {} : { onBroken }) }
}
