import { leaderName } from "../../../../impl/raft-upgrade/group0/group-leader.ts"
import type { NodeAnswer, NodeRequest } from "../../../../impl/raft-upgrade/network/network.ts"
import { ClusterNode } from "../../../../impl/raft-upgrade/node/cluster-node.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import { mutant } from "../mutant.ts"

/** One that is in no group is as strange as one of another. */
class HearsItsGroupAlone extends ClusterNode {
  protected override async serve(from: NodeId, request: NodeRequest): Promise<NodeAnswer> {
    const own = this.parts.store.local.value.group
    // Of the group before, its rows are still there.
    const isAnew = own !== null && this.parts.store.groups.some((group) => group !== own)
    if (!isAnew || from === leaderName || request._tag === "GetUpgradeState") return super.serve(from, request)
    const { calls, signal } = this.context
    const asker = await calls.tryAsk(from, { _tag: "GetUpgradeState" }, "State", signal)
    return asker?.group === own ? super.serve(from, request) : { _tag: "Failed", failure: "UnknownGroup" }
  }
}

export const M10 = mutant(
  "M10",
  {
    sentence: "A node that is in a group created anew after a recovery hears nobody who is not.",
    origin: "scylladb commits 9970c1fcc3 and ba5b5c7d2f; dossier 5, row 10",
    breaks: ["V4", "V9"],
    seenIn: "a majority is lost, and the two that are left go by the recipe"
  },
  { Node: HearsItsGroupAlone }
)
