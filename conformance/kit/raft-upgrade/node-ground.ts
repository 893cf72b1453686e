/** Where nodes on their way to group 0 are checked. */
import { nodeAlone } from "../../../model/raft-upgrade/node/alone.ts"
import { nodeLaws } from "../../../model/raft-upgrade/node/laws.ts"
import type { NodeBounds } from "../../../model/raft-upgrade/node/surroundings.ts"
import { graphFor } from "../stage.ts"
import { nodePart } from "./node-part.ts"

/** The graph of a node alone, prepared for whoever plays it. */
export const nodeGraph = (bounds: NodeBounds) => graphFor(nodeAlone(bounds, nodeLaws), nodePart)

/** The same for a tour: what laws remember would keep one state apart from itself. */
export const nodeTourGraph = (bounds: NodeBounds) => graphFor(nodeAlone(bounds, []), nodePart)
