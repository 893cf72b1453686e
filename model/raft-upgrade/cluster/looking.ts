/** Whom a node asks that looks for the group, and what it is told. Source: dossier `raft-upgrade.md` 2.5; scylladb commit 4147ef94b0. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { PeerList } from "../../../spec/raft-upgrade/messages.ts"
import { write } from "../../kernel/cell.ts"
import type { Firing } from "../../kernel/system.ts"
import type { Disk, Fiber, NodeCells } from "./cells.ts"
import type { Ring } from "./ring.ts"
import { contactsOf, countedPeers, type Setting } from "./setting.ts"

/** Nodes with their servers. */
export const peerList = ({ cells }: Setting, nodes: ReadonlyArray<NodeId>): PeerList =>
  cells.nodes.filter(({ name }) => nodes.includes(name)).map(({ name, server }) => ({ node: name, server }))

/** Whom a node asks: its peers, and whomever it asked before, for who looks goes on where it was; and a new one whom it is told of. */
export const askedBy = (setting: Setting, node: NodeCells, { discovery }: Disk, ring: Ring): ReadonlyArray<NodeId> => {
  const peers = countedPeers(setting, ring)
  const told = node.isNew ? contactsOf(setting, node).map(({ name }) => name) : []
  return [...new Set([...told, ...peers, ...discovery])].sort()
}

/** A node begins to look: it stores whom it asks first. */
export const looks = (setting: Setting, node: NodeCells, disk: Disk, ring: Ring): Firing<RaftUpgradeLabel> => {
  const contacts = askedBy(setting, node, disk, ring)
  const began: RaftUpgradeLabel = { _tag: "DiscoveryBegan", node: node.name }
  const looking = write(node.fiber, { at: "looking", contacts })
  if (!setting.bounds.storesPeers) return { labels: [began], writes: [looking] }
  return {
    labels: [began, { _tag: "PeersStored", node: node.name, peers: peerList(setting, contacts) }],
    writes: [looking, write(node.disk, { ...disk, discovery: contacts })]
  }
}

/** Everybody whom one comes to know by asking on. Null where somebody among them does not look for the group himself. */
export const lookers = (
  from: NodeCells,
  met: ReadonlyArray<NodeId>,
  nodes: ReadonlyArray<NodeCells>,
  fibers: ReadonlyArray<Fiber | null>
): ReadonlyArray<NodeCells> | null => {
  const known = new Set([from.name, ...met])
  for (const name of known) {
    const fiber = fibers[nodes.findIndex((node) => node.name === name)]
    if (fiber?.at !== "looking") return null
    for (const contact of fiber.contacts) known.add(contact)
  }
  return nodes.filter(({ name }) => known.has(name))
}
