/** What becomes of statuses as nodes come and go. Source: service/topology_coordinator.cc mark_view_build_statuses_on_node_join. */
import type { NodeId } from "../../../spec/metadata.ts"
import { statusesOf } from "../../../spec/view-building/metadata.ts"
import type { Draft } from "./draft.ts"

/** A node becomes normal. Of each view that was started it says what the others say. */
export const joinNode = (draft: Draft, node: NodeId): void => {
  draft.nodes = [...new Set([...draft.nodes, node])].sort()
  draft.normal = [...new Set([...draft.normal, node])].sort()
  for (const view of draft.tables.flatMap(({ views }) => views)) {
    const [first] = statusesOf(draft.before, view)
    if (first !== undefined) draft.setStatus(view, node, first.status)
  }
}

/** A node is about to leave: it says what it said until it does. */
export const drainNode = (draft: Draft, node: NodeId): void => {
  draft.normal = draft.normal.filter((one) => one !== node)
}

export const leaveNode = (draft: Draft, node: NodeId): void => {
  drainNode(draft, node)
  draft.nodes = draft.nodes.filter((one) => one !== node)
  draft.statuses = draft.statuses.filter((row) => row.node !== node)
}
