import type { SessionId } from "../../../spec/sessions/ids.ts"
import { land } from "./landing.ts"
import { found, type NodeContext } from "./node-context.ts"
import { Refused } from "./refused.ts"
import type { Order, Plan } from "./tablet-operations.ts"

/**
 * Brings a tablet's rows from the backup to this node's replica.
 *
 * Enabled when: the stage is restore, the transition has a session, and this node has a replica. Effect: the backup's rows have
 * landed here under the session. Refused with: WrongStage, NoSession, NotThisReplica, SessionNotFound, GateClosed,
 * AbortRequested. Source: service/storage_service.cc restore_tablet; sstables_loader.cc.
 */
export const restorePlan =
  (node: NodeContext): Plan =>
  (order) => {
    const { transition, tablet } = order
    if (transition.stage !== "restore") throw new Refused("WrongStage")
    node.shardAmong(tablet.replicas)
    const session = found(transition.session ?? undefined, "NoSession")
    return { session, run: () => restore(node, order, session) }
  }

const restore = async (node: NodeContext, { tablet }: Order, session: SessionId): Promise<void> => {
  const shard = node.shardAmong(tablet.replicas)
  await shard.run(async () => {
    const admission = shard.admit(session, node.newWork())
    const rows = async function* () {
      for (const row of node.backup(tablet.tablet)) {
        admission.check()
        yield row
      }
    }
    try {
      await land(node.parts, shard, tablet.tablet, admission, rows())
    } finally {
      admission.leave()
    }
  })
}
