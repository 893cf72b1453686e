/** What happens in a round, drawn from its seed: a rolling restart that switches group 0 on, and trouble while the cluster goes there. */
import { type Chance, chance } from "../../../model/explorer/random.ts"
import { NodeId } from "../../../spec/metadata.ts"

export const nodes = ["A", "B", "C"].map((node) => NodeId.make(node))
/** The one that comes in the end, or not. */
export const late = NodeId.make("D")

const mostTroubles = 8
const mostRestMs = 1_500

export type Deed =
  | { readonly _tag: "Kill"; readonly node: NodeId }
  | { readonly _tag: "KillLeader" }
  | { readonly _tag: "Change"; readonly node: NodeId }

export interface Trouble {
  readonly deed: Deed
  readonly restMs: number
}

/** How a round ends, once all have arrived. */
export type Ending = "nothing" | "add" | "decommission" | "remove" | "replace" | "recover"

export interface Plan {
  /** In which order the nodes are restarted with group 0 switched on. */
  readonly order: ReadonlyArray<NodeId>
  readonly troubles: ReadonlyArray<Trouble>
  readonly ending: Ending
}

const endings: ReadonlyArray<Ending> = ["nothing", "add", "decommission", "remove", "replace", "recover"]

export const planOf = (seed: number, round: number): Plan => {
  const draw = chance(seed, round)
  const one = <Value>(values: ReadonlyArray<Value>): Value => values[draw(values.length)]!
  const deed = (): Deed => {
    const kind = draw(7)
    if (kind === 0) return { _tag: "KillLeader" }
    return { _tag: kind < 4 ? "Change" : "Kill", node: one(nodes) }
  }
  const troubles = Array.from({ length: 2 + draw(mostTroubles) }, () => ({ deed: deed(), restMs: draw(mostRestMs) }))
  return { order: shuffled(nodes, draw), troubles, ending: one(endings) }
}

const shuffled = <Value>(values: ReadonlyArray<Value>, draw: Chance): ReadonlyArray<Value> => {
  const rest = [...values]
  return values.map(() => rest.splice(draw(rest.length), 1)[0]!)
}
