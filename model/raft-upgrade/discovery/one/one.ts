/**
 * One node that looks for the group, under an environment that does to it whatever a small alphabet can say.
 *
 * Each step is one input and all that the node does until it waits for somebody else again. It is finite without any budget.
 * Source: dossier `raft-upgrade.md` 2.5, the loop of `run()`.
 */
import type { Law } from "../../../../spec/law.ts"
import type { DiscoveryLabel } from "../../../../spec/raft-upgrade/discovery/labels.ts"
import type { DiscoveryInput } from "../../../../spec/raft-upgrade/discovery/messages.ts"
import { register, write } from "../../../kernel/cell.ts"
import { type Firing, rulesOf, type System } from "../../../kernel/system.ts"
import { type Hands, inputsOf, type OneBounds } from "./bounds.ts"
import type { OneDesign } from "./design.ts"
import { newOne, type One } from "./state.ts"
import { afterInput } from "./steps.ts"

const on = rulesOf<DiscoveryLabel>()

/** Each kind of input is a rule of its own, so that a test can weigh them. */
export const oneLooking = (
  design: OneDesign,
  bounds: OneBounds,
  laws: ReadonlyArray<Law<DiscoveryLabel>>
): System<DiscoveryLabel> => {
  const node = register("node", newOne)
  return {
    name: "one node that looks for the group",
    cells: [node],
    rules: bounds.kinds.map((kind) =>
      on(kind, { actor: "node", fair: "none", reads: [node] }, (now) =>
        inputsOf(kind, handsOf(now), bounds)
          .flatMap((input) => waysToTake(now, input, design))
          .map(({ label, next }): Firing<DiscoveryLabel> => ({ labels: [label], writes: [write(node, next)] }))
      )
    ),
    laws,
    observables: {}
  }
}

/** One way in which a node may take an input: what is seen of it, and the node afterwards. */
export interface Way {
  readonly label: DiscoveryLabel
  readonly next: One
}

/** Every way in which a node of a design may take an input, each once. */
export const waysToTake = (now: One, input: DiscoveryInput, design: OneDesign): ReadonlyArray<Way> => {
  const ways = afterInput(now, input, design).map(
    ({ one: next, outputs }): Way => ({ label: { _tag: "DiscoveryStep", input, outputs }, next })
  )
  return [...new Map(ways.map((way) => [JSON.stringify(way), way])).values()]
}

const handsOf = ({ server, doing, asked }: One): Hands => ({
  isUp: doing._tag !== "Down",
  hasServer: server !== null,
  rests: doing._tag === "Looking" && doing.rests,
  asked
})
