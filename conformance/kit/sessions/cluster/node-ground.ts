/** Where replica nodes are checked. */
import { firstMetadata } from "../../../../model/sessions/cluster/first-metadata.ts"
import { firstRow } from "../../../../model/sessions/cluster/names.ts"
import { graphFor } from "../../stage.ts"
import { boundsAtHome, nodeAlone, nodeBounds } from "./node-alone.ts"
import { nodePart } from "./node-part.ts"

/** What group 0 says when a node is started. */
export const firstForNode = firstMetadata(nodeBounds)

/** The same where the node has the tablet from the beginning, and what it has of it then. */
export const firstAtHome = { metadata: firstMetadata(boundsAtHome), rows: [firstRow] }

/** The graph of a node alone, prepared for whoever plays it. */
export const nodeGraph = () => graphFor(nodeAlone(), nodePart)

export const graphAtHome = () => graphFor(nodeAlone(boundsAtHome), nodePart)
