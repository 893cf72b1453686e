/** Where replica nodes are checked. */
import { firstMetadata } from "../../../../model/sessions/cluster/first-metadata.ts"
import { graphFor } from "../../stage.ts"
import { nodeAlone, nodeBounds } from "./node-alone.ts"
import { nodePart } from "./node-part.ts"

/** What group 0 says when a node is started. */
export const firstForNode = firstMetadata(nodeBounds)

/** The graph of a node alone, prepared for whoever plays it. */
export const nodeGraph = () => graphFor(nodeAlone(), nodePart)
