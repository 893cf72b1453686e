/**
 * One node on its way to group 0, under an environment that answers it, asks it, leads its group and has it fall.
 *
 * The rules are those of the dossier: start-up (2.1), joining (2.6), the way itself (2.7, 2.8), the lock (2.2), and the paths of
 * changes (2.3). Each step is one input and all that the node does until it waits for somebody else again.
 */
import type { Law } from "../../../spec/law.ts"
import { register, write } from "../../kernel/cell.ts"
import { type Firing, rulesOf, type System } from "../../kernel/system.ts"
import { inputKinds, inputsOf } from "./inputs.ts"
import { newNode } from "./state.ts"
import { afterInput } from "./steps.ts"
import type { NodeBounds } from "./surroundings.ts"
import type { Calls, NodeInput, NodeLabel, NodeSaid } from "./words.ts"

const on = rulesOf<NodeLabel>()

export const nodeAlone = (bounds: NodeBounds, laws: ReadonlyArray<Law<NodeLabel>>): System<NodeLabel> => {
  const node = register("node", newNode)
  return {
    name: "one node on its way to group 0",
    cells: [node],
    rules: inputKinds.map((kind) =>
      on(kind, { actor: "node", fair: "none", reads: [node] }, (now) =>
        inputsOf(kind, now, bounds).map((input): Firing<NodeLabel> => {
          const { node: next, said } = afterInput(now, input, bounds)
          return { labels: labelsOf(input, said), writes: [write(node, next)] }
        })
      )
    ),
    laws,
    observables: {}
  }
}

/** What is seen of a step: the input with the calls that it leads to, and what the node tells of itself. */
export const labelsOf = (input: NodeInput, said: ReadonlyArray<NodeSaid>): ReadonlyArray<NodeLabel> => [
  { _tag: "UpgradeNodeStep", input, calls: said.filter(isCall) },
  ...said.flatMap((one) => (isCall(one) ? [] : [one]))
]

export const isCall = (said: NodeSaid): said is Calls => said._tag === "Calls"
