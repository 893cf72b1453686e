import type { NodeAnswer, NodeRequest } from "../../../../impl/raft-upgrade/network/network.ts"
import { ClusterNode } from "../../../../impl/raft-upgrade/node/cluster-node.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import { mutant } from "../mutant.ts"

const verbs = ["GetUpgradeState", "PeerExchange", "ModifyConfig"]

/** It has two shards, and who asks comes to one of them by his name. */
class TwoShards extends ClusterNode {
  protected override async serve(from: NodeId, request: NodeRequest): Promise<NodeAnswer> {
    const shard = from.charCodeAt(0) % 2
    const isKnown = shard === 0 || !verbs.includes(request._tag)
    return isKnown ? super.serve(from, request) : { _tag: "Failed", failure: "Garbled" }
  }
}

export const M44 = mutant(
  "M44",
  {
    sentence: "The verbs of the upgrade are known on shard 0 alone, and whoever comes to another one is not answered.",
    origin: "scylladb commit 8417840647, issue 12252; dossier 5, row 44",
    breaks: ["V1", "V9"],
    seenIn: "three nodes, and a change by each"
  },
  { Node: TwoShards }
)
