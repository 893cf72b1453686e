/**
 * The ring beside the tablets: one range, whose owners change by topology requests, one at a time.
 *
 * Requests of clients and storage treat the range like a tablet on the first shards of its owners, which moves while such a
 * request is in hand. Source: dossier `sessions.md` 3.5; service/topology_state_machine.hh topology.
 */
import {
  type Metadata,
  type NodeId,
  type Replica,
  ringRange,
  rowPerTable,
  ShardId,
  type Stage,
  type Tablet,
  type TabletId,
  type Topology,
  type TopologyStage,
  tablesOf
} from "../../spec/sessions/metadata.ts"

/** The range's name where a tablet's is asked for. */
export const range = ringRange

/** The request in hand. */
export type Current = NonNullable<Topology["current"]>

const empty: Topology = { queue: [], current: null, over: [], owners: [], dirty: [] }

/** The global track; an empty one where group 0 has never said anything about it. */
export const topologyOf = ({ topology }: Metadata): Topology => topology ?? empty

/** A tablet by its name in any of the tables that share it, as if it were that table's alone, or the ring's range. */
export const tabletIn = (metadata: Metadata, name: TabletId): Tablet | undefined => {
  if (name === range) return ringTablet(metadata)
  const row = metadata.tablets.find((known) => tablesOf(known).includes(name))
  return row && rowPerTable({ tablets: [row] }).find(({ tablet }) => tablet === name)
}

/** Everything that requests are routed by and data is kept of: of a tablet once for each of its tables. */
export const routedIn = (metadata: Metadata): ReadonlyArray<Tablet> => [
  ...rowPerTable(metadata),
  ...[ringTablet(metadata) ?? []].flat()
]

/** A tablet's stages that mean the same for reads and writes; null where the owners stay. */
const asTablet: Readonly<Record<TopologyStage, Stage | null>> = {
  write_both_read_old: "write_both_read_old",
  write_both_read_new: "write_both_read_new",
  rollback_to_normal: "revert_migration",
  rebuilding: null,
  rebuilt: null,
  truncate_table: null,
  snapshot_tables: null
}

const ringTablet = (metadata: Metadata): Tablet | undefined => {
  const { owners, current } = topologyOf(metadata)
  if (owners.length === 0) return undefined
  const stage = current === null ? null : asTablet[current.stage]
  const { session } = metadata
  const moves = (next: ReadonlyArray<NodeId>, to: Stage): Tablet["transition"] => ({
    kind: "migration",
    stage: to,
    next: onFirstShards(next),
    session
  })
  return {
    tablet: range,
    replicas: onFirstShards(owners),
    transition: current === null || stage === null ? null : moves(current.owners, stage)
  }
}

const first = ShardId.make(0)

const onFirstShards = (nodes: ReadonlyArray<NodeId>): ReadonlyArray<Replica> =>
  nodes.map((node) => ({ node, shard: first }))

/** Who gets rows that it has not. */
export const receiversOf = (metadata: Metadata, { kind, node, owners }: Current): ReadonlyArray<NodeId> => {
  if (kind === "rebuild") return node === null ? [] : [node]
  const before = topologyOf(metadata).owners
  return owners.filter((owner) => !before.includes(owner))
}

/** Who is told to stream: who joins, leaves or is rebuilt; where that one is dead, whoever gets its range. */
export const streamersOf = (metadata: Metadata, current: Current): ReadonlyArray<NodeId> => {
  if (current.kind === "remove") return receiversOf(metadata, current)
  return current.node === null ? [] : [current.node]
}

/** Whom rows are taken from: who leaves has what it hands over, and otherwise all living owners have it together. */
export const sourcesOf = (metadata: Metadata, { kind, node }: Current): ReadonlyArray<NodeId> => {
  if (kind === "leave") return node === null ? [] : [node]
  return topologyOf(metadata).owners.filter((owner) => owner !== node && !metadata.ignored.includes(owner))
}
