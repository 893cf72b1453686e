/** Whom a node asks that looks for the group, and what it is told. Source: dossier `raft-upgrade.md` 2.5; scylladb commit 4147ef94b0. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { GroupId } from "../../../spec/raft-upgrade/ids.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { PeerList } from "../../../spec/raft-upgrade/messages.ts"
import { recovery } from "../../../spec/raft-upgrade/states.ts"
import { write } from "../../kernel/cell.ts"
import type { Firing } from "../../kernel/system.ts"
import type { Disk, Fiber, Life, NodeCells, Server } from "./cells.ts"
import type { Ring } from "./ring.ts"
import type { Setting } from "./setting.ts"

/** Nodes with their servers. */
export const peerList = ({ cells }: Setting, nodes: ReadonlyArray<NodeId>): PeerList =>
  cells.nodes.filter(({ name }) => nodes.includes(name)).map(({ name, server }) => ({ node: name, server }))

/** Whom a node asks: its peers, and whomever it asked before, for who looks goes on where it was. */
export const contactsOf = ({ discovery }: Disk, { peers }: Ring): ReadonlyArray<NodeId> =>
  [...new Set([...peers, ...discovery])].sort()

/** A node begins to look: it stores whom it asks first. */
export const looks = (setting: Setting, node: NodeCells, disk: Disk, ring: Ring): Firing<RaftUpgradeLabel> => {
  const contacts = contactsOf(disk, ring)
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
  nodes: ReadonlyArray<NodeCells>,
  fibers: ReadonlyArray<Fiber | null>
): ReadonlyArray<NodeCells> | null => {
  const known = new Set([from.name])
  for (const name of known) {
    const fiber = fibers[nodes.findIndex((node) => node.name === name)]
    if (fiber?.at !== "looking") return null
    for (const contact of fiber.contacts) known.add(contact)
  }
  return nodes.filter(({ name }) => known.has(name))
}

/** The group that a node tells of: one that is on its disk, or was when it began. In recovery it tells of none. */
export const told = (life: Life, fiber: Fiber | null, raft: Server | null): GroupId | null =>
  life.is !== "up" ||
  life.state === recovery ||
  fiber?.at === "looking" ||
  fiber?.at === "joining" ||
  fiber?.at === "joined"
    ? null
    : (raft?.group ?? null)
