/** How rounds end: what an operator does with a cluster that has arrived, or with one that does not arrive. */
import type { NodeId } from "../../../spec/metadata.ts"
import { synchronize } from "../../../spec/raft-upgrade/states.ts"
import type { InjectionName } from "../../adapters/raft-upgrade-processes.ts"
import { type Ending, late } from "./plan.ts"
import { type Operator, recover } from "./recipe.ts"

/** Ends a round. How many orders of the operator that took. */
export const end = async (operator: Operator, ending: Ending): Promise<number> => {
  if (ending._tag === "Stuck") return recoverFromStuck(operator, ending.node)
  const { ground } = operator
  for (const node of ground.nodes) await operator.performance.goOn(node)
  await ground.untilArrived()
  switch (ending._tag) {
    case "Nothing":
      return 0
    case "Add":
      return add(operator, ending.place)
    case "Decommission":
      return decommission(operator, ending.node)
    case "Remove":
      return remove(operator, ending)
    case "Replace":
      return (await remove(operator, ending)) + (await add(operator, ending.place))
    case "LoseMajority": {
      const lost = ground.nodes.filter((node) => node !== ending.left)
      return recover(operator, lost)
    }
  }
}

/** A new node comes; it is killed where it waits on its way, and comes again. */
const add = async ({ ground, performance }: Operator, place: InjectionName | null): Promise<number> => {
  await ground.add(late, place)
  if (place !== null) {
    performance.waitsAt(late, place)
    await performance.restart({ node: late, place: null, damage: null })
  }
  await ground.untilArrived()
  return 1
}

const decommission = async ({ ground, clients }: Operator, node: NodeId): Promise<number> => {
  // Whoever asks a node that ends would be told nothing.
  await clients.settled()
  await ground.insist(node, { _tag: "Decommission" })
  await ground.shutdown(node)
  return 1
}

const remove = async (
  { ground }: Operator,
  { node, by }: { readonly node: NodeId; readonly by: NodeId }
): Promise<number> => {
  await ground.lose(node)
  await ground.insist(by, { _tag: "Remove", node })
  return 1
}

/** One does not come to synchronize, and no other comes any further. */
const recoverFromStuck = async (operator: Operator, culprit: NodeId): Promise<number> => {
  const { ground, clients, performance } = operator
  const others = ground.nodes.filter((node) => node !== culprit)
  for (const node of others) await performance.goOn(node)
  await ground.untilIn(synchronize, others)
  clients.change(others[0]!)
  return recover(operator, [culprit])
}
