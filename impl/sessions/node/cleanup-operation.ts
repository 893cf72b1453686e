import { leavingReplica, pendingReplica, type Replica } from "../../../spec/sessions/metadata.ts"
import { found, type NodeContext } from "./node-context.ts"
import { failPoint, Refused, unlessAborted } from "./refused.ts"
import type { Order, Plan } from "./tablet-operations.ts"

/**
 * Drops this node's data of a tablet that it does not hold any more, or will not hold after all.
 *
 * Enabled when: the stage is cleanup and the leaving replica is this node's, or the stage is cleanup_target and the pending one
 * is. Effect: nobody writes to the tablet here any more, those who did have finished, and its rows are gone. Refused with:
 * WrongStage, NotThisReplica, AbortRequested.
 *
 * Source: service/storage_service.cc cleanup_tablet; replica/table.cc cleanup_tablet.
 */
export const cleanupPlan =
  (node: NodeContext): Plan =>
  (order) => {
    const replica = found(concerned(order), "NotThisReplica")
    if (replica.node !== node.self) throw new Refused("NotThisReplica")
    return { session: null, run: () => cleanUp(node, order, replica) }
  }

const concerned = ({ tablet, transition }: Order): Replica | undefined => {
  if (transition.stage === "cleanup") return leavingReplica(tablet)
  if (transition.stage === "cleanup_target") return pendingReplica(tablet)
  throw new Refused("WrongStage")
}

const cleanUp = async (node: NodeContext, { tablet, signal }: Order, replica: Replica): Promise<void> => {
  const { injections, store } = node.parts
  await unlessAborted(signal, injections.wait("cleanup_tablet_wait"))
  failPoint(injections, "cleanup_tablet_crash", "AbortRequested")
  const shard = node.shard(replica.shard)
  await shard.run(async () => {
    await unlessAborted(signal, shard.groups.stop(tablet.tablet))
    if (signal.aborted) throw new Refused("AbortRequested")
    await store.drop(shard.id, tablet.tablet)
    shard.tell({ _tag: "Cleaned", ...shard.place, tablet: tablet.tablet })
  })
}
