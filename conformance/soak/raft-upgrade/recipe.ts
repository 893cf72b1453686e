/** What an operator does when group 0 cannot go on. Source: dossier `raft-upgrade.md` 3, R1 to R9; DOC, recovery procedure. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { Edit } from "../../../spec/raft-upgrade/messages.ts"
import { recovery } from "../../../spec/raft-upgrade/states.ts"
import { Stuck } from "../waiting.ts"
import type { Performance } from "./acts.ts"
import type { Clients } from "./clients.ts"
import type { Ground } from "./ground.ts"

const erasures: ReadonlyArray<Edit> = [{ _tag: "EraseDiscovery" }, { _tag: "EraseHistory" }, { _tag: "EraseGroup" }]

export interface Operator {
  readonly ground: Ground
  readonly clients: Clients
  readonly performance: Performance
}

/** Gives nodes up, and has those that are left come to a group of their own. How many orders that took. */
export const recover = async (operator: Operator, lost: ReadonlyArray<NodeId>): Promise<number> => {
  const { ground, clients } = operator
  // A change that only the lost know is lost with them, which is no mistake: so there is none.
  await clients.settled()
  await ground.untilAgreed(clients.acknowledged)
  for (const node of lost) await ground.lose(node)
  const left = ground.nodes
  const old = (await ground.status(left[0]!)).group
  await editAll(operator, [{ _tag: "WriteState", text: "recovery" }])
  await restartAll(operator)
  await ground.untilIn(recovery)
  await clients.insist(left.at(-1)!)
  for (const node of lost) await ground.insist(left[0]!, { _tag: "Remove", node })
  for (const node of left)
    await ground.until(`${node} has forgotten ${lost.join(", ")}`, async () =>
      (await ground.status(node)).peers.every((peer) => !lost.includes(peer))
    )
  await editAll(operator, erasures)
  await ground.untilAgreed(clients.acknowledged)
  await editAll(operator, [{ _tag: "DeleteState" }])
  await restartAll(operator)
  await ground.untilArrived()
  for (const node of left) {
    const { group } = await ground.status(node)
    if (group === null || group === old)
      throw new Stuck(`${node} is in group ${group} after the recipe, and was in ${old}`)
  }
  return left.length * (2 + erasures.length) + lost.length
}

const editAll = async ({ ground }: Operator, edits: ReadonlyArray<Edit>): Promise<void> => {
  for (const edit of edits) for (const node of ground.nodes) await ground.insist(node, { _tag: "Edit", edit })
}

const restartAll = async ({ ground, performance }: Operator): Promise<void> => {
  for (const node of ground.nodes) await performance.restart({ node, place: null, damage: null })
}
