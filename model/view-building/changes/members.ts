/** Nodes come and go, and statuses with them. Source: dossier view-building 2.4; service/topology_coordinator.cc mark_view_build_statuses_on_node_join. */
import type { NodeId } from "../../../spec/metadata.ts"
import { changed, type Said } from "../said.ts"
import type { Variant } from "../variant.ts"
import { sortedStatuses } from "./schema.ts"

/** A node becomes normal; of each view that was started it gets the status that the first of the others has. */
export const nodeJoined = ({ join }: Variant, said: Said, node: NodeId): Said => {
  const { statuses, nodes, normal } = said.state
  const joined = changed(said, { nodes: [...new Set([...nodes, node])].sort(), normal: [...normal, node].sort() })
  if (join === "copiesNothing") return joined
  const first = statuses.filter(({ view }, k) => statuses.findIndex((row) => row.view === view) === k)
  const copied = first.filter(({ view }) => !statuses.some((row) => row.view === view && row.node === node))
  return changed(joined, { statuses: sortedStatuses([...statuses, ...copied.map((row) => ({ ...row, node }))]) })
}

/** A node is about to leave: it is normal no more, and has its statuses still. */
export const nodeDraining = (said: Said, node: NodeId): Said =>
  changed(said, { normal: said.state.normal.filter((other) => other !== node) })

/** A node is a member no more. */
export const nodeLeft = ({ leave }: Variant, said: Said, node: NodeId): Said => {
  const { statuses, nodes, normal } = said.state
  return changed(said, {
    nodes: nodes.filter((other) => other !== node),
    normal: normal.filter((other) => other !== node),
    statuses: leave === "keepsStatuses" ? statuses : statuses.filter((row) => row.node !== node)
  })
}
