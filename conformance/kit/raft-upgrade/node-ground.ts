/** Where nodes on their way to group 0 are checked. */
import { nodeAlone } from "../../../model/raft-upgrade/node/alone.ts"
import type { NodeBounds } from "../../../model/raft-upgrade/node/surroundings.ts"
import type { NodeLabel } from "../../../model/raft-upgrade/node/words.ts"
import { type HistoryLaw, history, type Law } from "../../../spec/law.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { S2, S3 } from "../../../spec/raft-upgrade/laws/groups.ts"
import { S5, S6, S7, S15, S19, S21, S22 } from "../../../spec/raft-upgrade/laws/states.ts"
import { type Cluster, cluster } from "../../../spec/raft-upgrade/memories/cluster.ts"
import { graphFor } from "../stage.ts"
import { nodePart } from "./node-part.ts"

const clusterAround = {
  name: cluster.name,
  init: cluster.init,
  on: (memory: Cluster, label: NodeLabel) => (label._tag === "UpgradeNodeStep" ? memory : cluster.on(memory, label))
}

const aroundNode = (law: HistoryLaw<RaftUpgradeLabel, Cluster>): Law<NodeLabel> =>
  history(law.id, {
    sentence: law.sentence,
    source: law.source,
    ...(law.reading === undefined ? {} : { reading: law.reading }),
    follows: clusterAround,
    breaks: (before, label, after) => (label._tag === "UpgradeNodeStep" ? undefined : law.breaks(before, label, after))
  })

/** Laws that one node keeps by itself, whatever others do. */
export const nodeLaws: ReadonlyArray<Law<NodeLabel>> = [S2, S3, S5, S6, S7, S15, S19, S21, S22].map((law) =>
  aroundNode(law as HistoryLaw<RaftUpgradeLabel, Cluster>)
)

/** The graph of a node alone, prepared for whoever plays it. */
export const nodeGraph = (bounds: NodeBounds) => graphFor(nodeAlone(bounds, nodeLaws), nodePart)

/** The same for a tour: what laws remember would keep one state apart from itself. */
export const nodeTourGraph = (bounds: NodeBounds) => graphFor(nodeAlone(bounds, []), nodePart)
