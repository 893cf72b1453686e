/** What every rule of a cluster on its way to group 0 is made of. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { Configuration } from "../../../spec/raft-upgrade/messages.ts"
import { type Firing, rulesOf } from "../../kernel/system.ts"
import type { UpgradeBounds } from "./bounds.ts"
import type { Life, NodeCells, Server, UpgradeCells } from "./cells.ts"
import { type Groups, groupOf } from "./group.ts"
import type { Ring } from "./ring.ts"
import type { UpgradeVariant } from "./variant.ts"

export interface Setting {
  readonly cells: UpgradeCells
  readonly variant: UpgradeVariant
  readonly bounds: UpgradeBounds
}

export type Firings = ReadonlyArray<Firing<RaftUpgradeLabel>>

export const on = rulesOf<RaftUpgradeLabel>()

/** Whoever else is on the ring from the beginning. */
export const peersOf = ({ cells }: Setting, node: NodeCells): ReadonlyArray<NodeCells> =>
  cells.nodes.filter((other) => other !== node && !other.isNew)

/** Whom a node takes for its peers on its way: everybody on the ring, unless a design forgets those without tokens. */
export const countedPeers = ({ bounds, variant }: Setting, { peers }: Ring): ReadonlyArray<NodeId> =>
  variant.peers === "all" ? peers : peers.filter((name) => !bounds.tokenless.includes(name))

/** Everybody else, new nodes too. */
export const othersOf = ({ cells }: Setting, node: NodeCells): ReadonlyArray<NodeCells> =>
  cells.nodes.filter((other) => other !== node)

export const isOnRing = ({ peers }: Ring, { name }: NodeCells): boolean => peers.includes(name)

/** Whom a new node is told of: the ring, or who is the first of it. */
export const contactsOf = (setting: Setting, node: NodeCells): ReadonlyArray<NodeCells> => {
  const peers = peersOf(setting, node)
  return peers.length > 0 ? peers : setting.cells.nodes.slice(0, 1).filter((first) => first !== node)
}

/** Whether what a node has from its group first is a snapshot: the old ring's schemas are brought together before it counts. */
export const loadsSnapshot = ({ variant }: Setting, { isNew }: NodeCells): boolean =>
  isNew && variant.snapshot === "first"

/** Whether a node may fall, die, stop or fail. */
export const isFrail = ({ bounds }: Setting, { name }: NodeCells): boolean => bounds.frail?.includes(name) ?? true

/** A new node that is not on the ring yet: once it is, it has seen the feature. */
export const isOutside = ({ isNew }: NodeCells, { sawFeature }: Life): boolean => isNew && !sawFeature

/** Who is in the group, as far as a node knows. */
export const knownConfiguration = (groups: Groups, raft: Server | null): Configuration => {
  const known = raft === null ? undefined : groupOf(groups, raft.group)?.configurations[raft.configurations - 1]
  return known ?? { members: [], joint: false }
}

/** The members that a node knows of, besides itself. */
export const knownMembers = (groups: Groups, raft: Server | null, self: NodeId): ReadonlyArray<NodeId> =>
  knownConfiguration(groups, raft)
    .members.map(({ node }) => node)
    .filter((node) => node !== self)

/** The members that a node waits for. One that has left by itself had arrived, whether the group has let it go by now or not. */
export const awaited = (
  { variant }: Setting,
  { byThemselves }: Ring,
  members: ReadonlyArray<NodeId>
): ReadonlyArray<NodeId> =>
  variant.leavers === "areAwaited" ? members : members.filter((one) => !byThemselves.includes(one))
