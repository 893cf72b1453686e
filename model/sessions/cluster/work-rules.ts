/** Streamed rows: sent by a source, admitted by the receiver under the session they were sent in, and written or turned away. */
import type { GuardId } from "../../../spec/sessions/ids.ts"
import { defaultSession } from "../../../spec/sessions/ids.ts"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Reason, WorkId } from "../../../spec/sessions/messages.ts"
import type { NodeId } from "../../../spec/sessions/metadata.ts"
import { type Write, write } from "../../kernel/cell.ts"
import { push, remove } from "../../kernel/channel.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import { type Bounds, trusting } from "./bounds.ts"
import type { ClusterCells, NodeCells, ShardCells } from "./cells.ts"
import { arrived } from "./mail.ts"
import { ofTable } from "./names.ts"
import type { Node, Work } from "./node-state.ts"
import { ending } from "./operation-rules.ts"
import { following, sends } from "./sending-rules.ts"
import { type Asked, asking, forgetting, type Shard } from "./shard.ts"
import type { Variant } from "./variant.ts"
import { entering, landedAt, merged, readerGuard, releasing, writerGuard } from "./works.ts"

const on = rulesOf<ClusterLabel>()

type Firings = ReadonlyArray<Firing<ClusterLabel>>

/** Rows come in on the first shard of a node, and are for the last, where the tablet is. */
export const workRules = (
  cells: ClusterCells,
  variant: Variant,
  bounds: Bounds,
  node: NodeCells
): ReadonlyArray<Rule<ClusterLabel>> => {
  const via = node.shards[0]!
  const to = node.shards.at(-1)!
  return [
    ...to.tables.map((_, k) => sends(cells, bounds, node, k)),
    ...(bounds.replicas.length > 1 || bounds.transitions.some(({ to }) => to.length > 1)
      ? [hearsOfRows(cells, variant, node)]
      : []),
    admits(cells, variant, node, via),
    hands(cells, variant, bounds, node, via, to),
    ...to.tables.map((_, k) => lands(cells, variant, bounds, node, via, to, k))
  ]
}

/** Whoever waits for work that was turned away has failed, or will hear of it. */
const failing = (
  cells: ClusterCells,
  variant: Variant,
  node: NodeCells,
  state: Node,
  { work, owner }: Pick<Work, "work" | "owner">
): Firing<ClusterLabel> => {
  if (owner !== node.name) return { labels: [], writes: [telling(cells, owner, work, false)] }
  if (variant.failedStream === "staysOpen") return { labels: [], writes: [] }
  const waits = state.running.find(({ awaits }) => awaits?.includes(work))
  return waits === undefined ? { labels: [], writes: [] } : ending(cells, node, state, waits, "StreamFailed")
}

const telling = (cells: ClusterCells, owner: NodeId, work: WorkId, ok: boolean): Write =>
  push(cells.nodes.find(({ name }) => name === owner)!.mail, { _tag: "Done", work, ok })

/** The node of an operation hears what became of rows that it sent elsewhere. */
const hearsOfRows = (cells: ClusterCells, variant: Variant, node: NodeCells): Rule<ClusterLabel> =>
  on(
    `${node.name} hears of rows`,
    { actor: node.name, fair: "weak", reads: [node.node, arrived(node, "Done")] },
    (state, mail): Firings =>
      (state.up ? mail : []).map(({ message: { work, ok }, position }) => {
        const taken = remove(node.mail, position)
        if (ok) return { labels: [], writes: [taken, write(node.node, landedAt(state, { work }))] }
        const { labels, writes } = failing(cells, variant, node, state, { work, owner: node.name })
        return { labels, writes: [taken, ...writes] }
      })
  )

const turnedAway = (
  node: NodeCells,
  shard: ShardCells,
  { session, work }: Pick<Work, "session" | "work">,
  reason: Reason
): ClusterLabel => ({ _tag: "TurnedAway", node: node.name, shard: shard.id, session, work, reason })

/** Rows come in: the receiver makes the frozen guard live, or turns them away. */
const admits = (cells: ClusterCells, variant: Variant, node: NodeCells, via: ShardCells): Rule<ClusterLabel> =>
  on(
    `${node.name}.${via.id} admits rows`,
    { actor: node.name, fair: "weak", reads: [node.node, arrived(node, "Rows"), node.works, via.shard, cells.full] },
    (state, mail, works, shard, full): Firings =>
      (state.up ? mail : [])
        .filter(({ message }) => message.via === via.id)
        .map(({ message, position }) => {
          const { _tag, ...rest } = message
          // A parameter that is missing on the wire is taken for its default: a session that is always open.
          const session = variant.permitsOnTheWire === "byName" ? rest.session : defaultSession
          const work: Work = { ...rest, session, phase: "reading" }
          const asked = asking(variant, shard, entering(work, readerGuard(work)))
          const taken = remove(node.mail, position)
          const unwanted = full.includes(node.name) || works.some((other) => other.work === work.work)
          if (asked.refused !== null || unwanted) {
            const { labels, writes } = failing(cells, variant, node, state, work)
            const reason = asked.refused ?? "StreamFailed"
            return { labels: [turnedAway(node, via, work, reason), ...labels], writes: [taken, ...writes] }
          }
          const label: ClusterLabel = { _tag: "Entered", node: node.name, shard: via.id, session, work: work.work }
          return {
            labels: [label],
            writes: [taken, write(via.shard, asked.shard), write(node.works, [...works, work])]
          }
        })
  )

const left = (node: NodeCells, shard: ShardCells, { session, work }: Work): ClusterLabel => ({
  _tag: "Left",
  node: node.name,
  shard: shard.id,
  session,
  work
})

const without = (works: ReadonlyArray<Work>, { work }: Work): ReadonlyArray<Work> =>
  works.filter((other) => other.work !== work)

/** The reader looks whether its session is still open, and hands the rows to the shard they are for, which takes a guard of its own. */
const hands = (
  cells: ClusterCells,
  variant: Variant,
  bounds: Bounds,
  node: NodeCells,
  via: ShardCells,
  to: ShardCells
): Rule<ClusterLabel> => {
  /** The reader gives up and lets go; what it has read is thrown away. */
  const abandons = (
    state: Node,
    works: ReadonlyArray<Work>,
    work: Work,
    source: Shard,
    reason: Reason,
    by: ShardCells
  ): Firing<ClusterLabel> => {
    const { labels, writes } = failing(cells, variant, node, state, work)
    const released = asking(variant, source, releasing(readerGuard(work)))
    return {
      labels: [
        turnedAway(node, by, work, reason),
        left(node, via, work),
        ...forgetting(node.name, via.id, released),
        ...labels
      ],
      writes: [write(via.shard, released.shard), write(node.works, without(works, work)), ...writes]
    }
  }
  return on(
    `${node.name}.${via.id} hands rows to ${to.id}`,
    {
      actor: node.name,
      fair: trusting(bounds, "F2"),
      reads: [node.node, node.works, via.shard, ...(via === to ? [] : [to.shard])]
    },
    (state, works, source, target): Firings =>
      works
        .filter((work) => work.phase === "reading" && work.via === via.id && work.to === to.id)
        .flatMap((work): Firings => {
          const checked = asking(variant, source, { _tag: "Check", guard: readerGuard(work) })
          if (checked.refused !== null)
            return variant.closing === "waits" ? [] : [abandons(state, works, work, source, checked.refused, via)]
          const writing = [...without(works, work), { ...work, phase: "writing" } as const]
          if (!guardsWriter(variant, via, to)) {
            const released = asking(variant, source, releasing(readerGuard(work)))
            return [
              {
                labels: [left(node, via, work), ...forgetting(node.name, via.id, released)],
                writes: [write(via.shard, released.shard), write(node.works, writing)]
              }
            ]
          }
          const entered = asking(variant, target ?? source, entering(work, writerGuard(work)))
          if (entered.refused !== null) return [abandons(state, works, work, source, entered.refused, to)]
          const { session } = work
          return [
            {
              labels: [{ _tag: "Entered", node: node.name, shard: to.id, session, work: work.work }],
              writes: [write(to.shard, entered.shard), write(node.works, writing)]
            }
          ]
        })
  )
}

/** Whether rows are under a guard while they are written. */
const guardsWriter = ({ receiverGuard }: Variant, via: ShardCells, to: ShardCells): boolean =>
  receiverGuard === "bothShards" || (receiverGuard === "firstShardOnly" && via === to)

/** The rows become part of the tablet's data, and both guards are released. */
const lands = (
  cells: ClusterCells,
  variant: Variant,
  bounds: Bounds,
  node: NodeCells,
  via: ShardCells,
  to: ShardCells,
  k: number
): Rule<ClusterLabel> => {
  const { table, rows: home } = to.tables[k]!
  return on(
    `${node.name}.${to.id} writes rows${ofTable(table)} from ${via.id}`,
    {
      actor: node.name,
      fair: trusting(bounds, "F2"),
      reads: [node.node, node.works, home, to.shard, ...(via === to ? [] : [via.shard])]
    },
    (state, works, stored, target, source): Firings =>
      works
        .filter((work) => work.phase === "writing" && work.via === via.id && work.to === to.id && work.tablet === table)
        .map((work) => {
          const { tablet, session, rows } = work
          const next = following(work)
          const landed: ClusterLabel = {
            _tag: "Landed",
            node: node.name,
            shard: to.id,
            tablet,
            session,
            work: work.work,
            rows
          }
          const held = guardsWriter(variant, via, to)
          const released = (shard: Shard, guard: GuardId): Asked =>
            held ? asking(variant, shard, releasing(guard)) : { shard, refused: null, forgotten: [] }
          const written = released(target, writerGuard(work))
          const read = released(source ?? written.shard, readerGuard(work))
          const writes: Array<Write> = [
            write(home, merged([...stored, ...rows])),
            write(node.works, without(works, work)),
            next !== undefined
              ? push(node.mail, next)
              : work.owner === node.name
                ? write(node.node, landedAt(state, work))
                : telling(cells, work.owner, work.work, true),
            ...(k > 0
              ? []
              : work.repair
                ? [write(to.repaired, { session, upTo: Math.max(...rows.map(({ timestamp }) => timestamp)) })]
                : work.repaired === undefined
                  ? []
                  : [write(to.repaired, work.repaired)]),
            ...(source === undefined ? [] : [write(to.shard, written.shard)]),
            write(via.shard, read.shard)
          ]
          const gone = (shard: ShardCells, asked: Asked): ReadonlyArray<ClusterLabel> =>
            held ? [left(node, shard, work), ...forgetting(node.name, shard.id, asked)] : []
          const labels = [landed, ...gone(to, written), ...gone(via, read)]
          return { labels, writes }
        })
  )
}
