/** What operations do with data: gather it for a repair, bring back a backup, copy it between two shards, or drop it. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Row } from "../../../spec/sessions/messages.ts"
import {
  leavingReplica,
  type Metadata,
  type Replica,
  sameReplica,
  type TabletId
} from "../../../spec/sessions/metadata.ts"
import { view, type Write, write } from "../../kernel/cell.ts"
import { push } from "../../kernel/channel.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import type { ClusterCells, NodeCells } from "./cells.ts"
import { isOutstanding } from "./hints.ts"
import { backedUp, ofTable, tabletName } from "./names.ts"
import type { Node, Running } from "./node-state.ts"
import { ending } from "./operation-rules.ts"
import { tabletOf } from "./operations.ts"
import { isData } from "./paxos.ts"
import type { Variant } from "./variant.ts"
import { merged, workAfter, workName } from "./works.ts"

const on = rulesOf<ClusterLabel>()

type Firings = ReadonlyArray<Firing<ClusterLabel>>

export const deedRules = (
  cells: ClusterCells,
  variant: Variant,
  node: NodeCells
): ReadonlyArray<Rule<ClusterLabel>> => [
  restores(cells, node),
  ...node.shards[0]!.tables.flatMap((_, k) => [
    repairs(cells, variant, node, k),
    clones(cells, node, k),
    cleans(cells, node, k)
  ])
]

const metadataAt = (node: NodeCells) => view(node.shards[0]!.shard, "metadata", ({ metadata }) => metadata)

/** Operations on a table that may go on: begun, not told to end, and without anything on its way. */
const fresh = ({ running }: Node, operation: Running["operation"], table: TabletId): ReadonlyArray<Running> =>
  running.filter((one) => one.operation === operation && one.tablet === table && one.awaits === null && !one.aborted)

/** The tablet's replicas that are not declared dead. */
const replicasOf = (metadata: Metadata, { tablet }: Running): ReadonlyArray<Replica> =>
  (tabletOf(metadata, tablet)?.replicas ?? []).filter(({ node }) => !metadata.ignored.includes(node))

/** Gives the same rows to every replica, and waits until all have them. */
const gives = (
  cells: ClusterCells,
  node: NodeCells,
  state: Node,
  running: Running,
  named: number,
  replicas: ReadonlyArray<Replica>,
  rows: ReadonlyArray<Row>,
  repair: boolean
): Firing<ClusterLabel> => {
  const { tablet, session } = running
  if (session === null) return { labels: [], writes: [] }
  const works = replicas.map((_, k) => workName(workAfter(named, k + 1)))
  const next: Running = { ...running, awaits: works, needs: replicas.map((replica) => replica.node) }
  return {
    labels: [],
    writes: [
      write(node.node, { ...state, running: state.running.map((other) => (other === running ? next : other)) }),
      write(cells.works, workAfter(named, replicas.length)),
      ...replicas.map((replica, k): Write => {
        const to = cells.nodes.find(({ name }) => name === replica.node)!
        const [via, work] = [to.shards[0]!.id, works[k]!]
        return push(to.mail, {
          _tag: "Rows",
          tablet,
          session,
          via,
          to: replica.shard,
          rows,
          work,
          repair,
          owner: node.name
        })
      })
    ]
  }
}

/** Whether a write is kept as a hint somewhere, or on its way as one. */
const outstanding = ({ hint, works }: ClusterCells) =>
  hint === null ? view(works, "no hints", () => false) : view(hint.hint, "outstanding", isOutstanding)

/**
 * The primary of a repair gathers what all replicas have, and gives each what there is.
 *
 * A write that a node has kept as a hint is one that the repair does not see: unless all of those have been delivered before,
 * the repair does not count, and no tombstone may be forgotten for it. Source: repair/repair.cc flush_hints.
 */
const repairs = (cells: ClusterCells, variant: Variant, node: NodeCells, k: number): Rule<ClusterLabel> => {
  const { table } = node.shards[0]!.tables[k]!
  const everywhere = cells.nodes.flatMap(({ name, shards }) =>
    shards.map(({ id, tables }) => ({ node: name, shard: id, rows: tables[k]!.rows }))
  )
  return on(
    `${node.name} gathers rows${ofTable(table)}`,
    {
      actor: node.name,
      fair: "weak",
      reads: [node.node, cells.works, metadataAt(node), outstanding(cells), ...everywhere.map(({ rows }) => rows)]
    },
    (state, named, metadata, missed, ...found): Firings =>
      fresh(state, "repair", table).map((running) => {
        const replicas = replicasOf(metadata, running)
        const has = (at: number) => replicas.some((replica) => sameReplica(replica, everywhere[at]!))
        const rows = merged(
          found
            .filter((_, at) => has(at))
            .flat()
            .filter(isData)
        )
        const counts = !missed || variant.repairCounts === "always"
        return gives(cells, node, state, running, named, replicas, rows, counts)
      })
  )
}

/** Each replica is given what was backed up, by its own node. Source: dossier 3.1; service/storage_service.cc restore_tablet. */
const restores = (cells: ClusterCells, node: NodeCells): Rule<ClusterLabel> =>
  on(
    `${node.name} restores a backup`,
    { actor: node.name, fair: "weak", reads: [node.node, cells.works] },
    (state, named): Firings =>
      fresh(state, "restore", tabletName).map((running) =>
        gives(cells, node, state, running, named, [running.replica], [backedUp], false)
      )
  )

/**
 * A tablet that moves between two shards of a node is copied there, without a guard: the operation's hold on its stage is enough.
 *
 * Source: service/storage_service.cc clone_locally_tablet_storage.
 */
const clones = (cells: ClusterCells, node: NodeCells, k: number): Rule<ClusterLabel> => {
  const { table } = node.shards[0]!.tables[k]!
  return on(
    `${node.name} copies a tablet${ofTable(table)}`,
    {
      actor: node.name,
      fair: "weak",
      reads: [node.node, cells.works, metadataAt(node), ...node.shards.map(({ tables }) => tables[k]!.rows)]
    },
    (state, named, metadata, ...stored): Firings =>
      fresh(state, "stream", table).flatMap((running) => {
        const tablet = tabletOf(metadata, running.tablet)
        const from = tablet === undefined ? undefined : leavingReplica(tablet)
        if (from === undefined) return []
        const { replica, session } = running
        const copied = stored[from.shard]!
        const { labels, writes } = ending(cells, node, state, running, null)
        const work = workName(workAfter(named, 1))
        const landed: ReadonlyArray<ClusterLabel> =
          session === null ? [] : [{ _tag: "Landed", ...replica, tablet: running.tablet, session, work, rows: copied }]
        return [
          {
            labels: [...landed, ...labels],
            writes: [
              ...writes,
              write(cells.works, workAfter(named, 1)),
              write(node.shards[replica.shard]!.tables[k]!.rows, merged([...stored[replica.shard]!, ...copied]))
            ]
          }
        ]
      })
  )
}

/** A replica that is not needed any more drops its data. */
const cleans = (cells: ClusterCells, node: NodeCells, k: number): Rule<ClusterLabel> => {
  const { table } = node.shards[0]!.tables[k]!
  return on(
    `${node.name} cleans up${ofTable(table)}`,
    { actor: node.name, fair: "weak", reads: [node.node] },
    (state): Firings =>
      fresh(state, "cleanup", table).map((running) => {
        const { tablet, replica } = running
        const { labels, writes } = ending(cells, node, state, running, null)
        return {
          labels: [{ _tag: "Cleaned", node: node.name, shard: replica.shard, tablet }, ...labels],
          writes: [...writes, write(node.shards[replica.shard]!.tables[k]!.rows, [])]
        }
      })
  )
}
