import { nullSession, type SessionId } from "../../../spec/sessions/ids.ts"
import type { NodeId } from "../../../spec/sessions/metadata.ts"
import { readFrom } from "../coordinator/sources.ts"
import type { NodeContext } from "./node-context.ts"
import { failPoint, Refused } from "./refused.ts"
import { RepairMaster } from "./repair-master.ts"
import type { Order, Plan } from "./tablet-operations.ts"

/**
 * Makes all living replicas of a tablet the same, with this node as the primary that collects and merges.
 *
 * Enabled when: the stage is repair or rebuild_repair, this node is the first living replica, and the trigger came with the
 * transition's own session. A trigger without one is refused, and one with another never adopts the newer (M49, Q8, Q9). Effect:
 * every follower, this node among them, has what any of them had. Refused with: WrongStage, NotThisReplica, NoSession,
 * SessionNotFound, StreamFailed, AbortRequested.
 *
 * Source: service/storage_service.cc repair_tablet; repair/row_level.cc.
 */
export const repairPlan =
  (node: NodeContext): Plan =>
  (order) => {
    const { tablet, transition, asked } = order
    if (transition.stage !== "repair" && transition.stage !== "rebuild_repair") throw new Refused("WrongStage")
    const followers = readFrom(tablet, node.ignored)
    if (followers[0] !== node.self) throw new Refused("NotThisReplica")
    if (asked === undefined || asked === nullSession || transition.session === null) throw new Refused("NoSession")
    if (asked !== transition.session) throw new Refused("SessionNotFound")
    return { session: asked, run: () => repair(node, order, asked, followers) }
  }

const repair = async (
  node: NodeContext,
  { tablet, transition, signal }: Order,
  session: SessionId,
  followers: ReadonlyArray<NodeId>
): Promise<void> => {
  if (transition.stage === "rebuild_repair")
    failPoint(node.parts.injections, "rebuild_repair_stage_fail", "StreamFailed")
  const master = new RepairMaster(node, { tablet: tablet.tablet, session, signal })
  await master.run({ from: followers, to: followers })
}
