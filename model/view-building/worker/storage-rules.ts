/** What happens to a shard's data by itself: rows come, tables are truncated, and a tablet that goes leaves nothing. */
import { ArrivalId, type SstableId, TableId, type Token } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { type BuildingState, isBuilt, tableOf } from "../../../spec/view-building/metadata.ts"
import { type Write, write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { type Coming, trusting, type WorkerBounds } from "./bounds.ts"
import type { WorkerCells } from "./cells.ts"
import { home } from "./scene.ts"
import type { Firings } from "./shard-firing.ts"
import { on, type Site, type SiteShard } from "./site.ts"
import { type Arrival, arrived, emptied } from "./store.ts"
import { hasFirstTablet, isLeaving } from "./tablets.ts"

export const storageRules = (
  cells: WorkerCells,
  site: Site,
  bounds: WorkerBounds
): ReadonlyArray<Rule<ViewBuildingLabel>> => [
  ...cells.shards.flatMap((own) => [
    ...(bounds.comings.some(({ shard }) => shard === own.id)
      ? [setsOut(cells, own, bounds), arrives(cells, own, bounds)]
      : []),
    ...(bounds.steps.some(({ _tag }) => _tag === "MoveTablet") ? [cleans(cells, site, own, bounds)] : [])
  ]),
  ...(bounds.truncations > 0 ? [truncates(cells, site, bounds)] : [])
]

/** A stream goes into staging while a view is being built, and else where a build will find it. */
const destination = (state: BuildingState, { as }: Coming, base: TableId): Arrival["to"] => {
  if (as === "write") return "memtable"
  if (as === "staging") return "staging"
  const views = tableOf(state, base)?.views ?? []
  const isStarted = views.some((view) => state.statuses.some((row) => row.view === view && row.status === "STARTED"))
  return isStarted ? "staging" : "normal"
}

/** Every row of a tablet lies in its first half, so that after a split it belongs to another than the last token's. */
const intoTablet = 3

const tokenOn = (state: BuildingState, base: TableId, shard: SiteShard["id"]): Token =>
  tableOf(state, base)?.tablets.find(({ replicas }) =>
    replicas.some((replica) => replica.node === home && replica.shard === shard)
  )?.lastToken ?? (0 as Token)

/** Rows set out for this shard. They are sent on to every view that it knows of; those of a stream to those that are built. */
const setsOut = (cells: WorkerCells, own: SiteShard, bounds: WorkerBounds) =>
  on(
    `rows set out for ${own.place}`,
    { actor: "storage", fair: "none", reads: [cells.head, cells.node, cells.comings, own.store] },
    (head, node, begun, store): Firings => {
      const coming = bounds.comings[begun]
      if (coming === undefined || coming.shard !== own.id || node.drained) return []
      const base = TableId.make(coming.base)
      const token = tokenOn(node.state, base, own.id)
      // Barriers see to it that nobody sends anything to where it is not to be any more.
      if (token === 0 || tokenOn(head.metadata.state, base, own.id) === 0 || isLeaving(head.metadata, base)) return []
      const to = destination(node.state, coming, base)
      const all = tableOf(node.state, base)?.views ?? []
      const arrival: Arrival = {
        arrival: ArrivalId.make(`w${begun + 1}`),
        base,
        row: {
          key: `k of ${base} on ${own.place}`,
          timestamp: begun + 1,
          value: coming.value,
          token: (token - intoTablet) as Token
        },
        views: to === "memtable" ? all : to === "normal" ? all.filter((view) => isBuilt(node.state, view)) : [],
        to
      }
      return [
        {
          labels: [
            {
              _tag: "ArrivalBegan",
              node: home,
              shard: own.id,
              arrival: arrival.arrival,
              base,
              rows: [arrival.row],
              views: arrival.views,
              to
            }
          ],
          writes: [write(own.store, { ...store, coming: [...store.coming, arrival] }), write(cells.comings, begun + 1)]
        }
      ]
    }
  )

/** They come. A staging sstable is queued in the same step (R1). */
const arrives = (cells: WorkerCells, own: SiteShard, bounds: WorkerBounds) =>
  on(
    `rows come to ${own.place}`,
    { actor: "storage", fair: trusting(bounds, "F11"), reads: [cells.node, own.store] },
    (node, store): Firings =>
      store.coming.map((arrival) => {
        const sstable = arrival.to === "memtable" ? null : (`s-${arrival.arrival}` as SstableId)
        const { key, timestamp, value, token } = arrival.row
        const place = { node: home, shard: own.id }
        const sent = arrival.views.map(
          (view): ViewBuildingLabel => ({
            _tag: "ViewWritten",
            ...place,
            batch: null,
            view,
            rows: [{ key, timestamp, value }]
          })
        )
        const come: ViewBuildingLabel = { _tag: "ArrivalEnded", ...place, arrival: arrival.arrival, sstable }
        const writes: ReadonlyArray<Write> = [write(own.store, arrived(store, arrival, sstable))]
        if (arrival.to !== "staging" || sstable === null) return { labels: [...sent, come], writes }
        const lastToken = tokenOn(node.state, arrival.base, own.id)
        const queued = { sstable, base: arrival.base, shard: own.id, token, lastToken }
        return {
          labels: [come, { _tag: "StagingQueued", ...place, sstable, lastToken }],
          writes: [...writes, write(cells.node, { queues: queued })]
        }
      })
  )

/** A base that has rows is truncated, its views with it. */
const truncates = (cells: WorkerCells, { variant }: Site, bounds: WorkerBounds) =>
  on(
    "a base is truncated",
    {
      actor: "operator",
      fair: "none",
      reads: [cells.node, cells.mayTruncate, ...cells.shards.flatMap(({ shard, store }) => [shard, store] as const)]
    },
    (node, left, ...all): Firings => {
      const shards = cells.shards.map((own, k) => ({ own, shard: all[2 * k]!, store: all[2 * k + 1]! }))
      if (left === 0) return []
      return bounds.tables.flatMap(({ base: name }) => {
        const base = TableId.make(name)
        const isRead = shards.some(({ shard }) => "batch" in shard && shard.batch?.attempt != null)
        if (tableOf(node.state, base) === undefined || (variant.truncation === "waits" && isRead)) return []
        return [
          {
            labels: [{ _tag: "Truncated", base }],
            writes: [
              write(cells.mayTruncate, "spend"),
              write(cells.node, { ...node, queue: node.queue.filter((entry) => entry.base !== base) }),
              ...shards.flatMap(
                ({ own, shard, store }): ReadonlyArray<Write> =>
                  "batch" in shard && "coming" in store
                    ? [
                        write(own.store, emptied(store, base)),
                        write(own.shard, { ...shard, listed: shard.listed.filter((one) => one.base !== base) })
                      ]
                    : []
              )
            ]
          }
        ]
      })
    }
  )

/** No token is behind it: the tablets of these scopes that move are all that their base has on a shard. */
const endOfRing = Number.MAX_SAFE_INTEGER as Token

/** A tablet that goes leaves no data behind, and nothing that waits to be processed. Not while a batch reads it. */
const cleans = (cells: WorkerCells, { variant }: Site, own: SiteShard, bounds: WorkerBounds) =>
  on(
    `a tablet is cleaned up on ${own.place}`,
    { actor: "tablets", fair: "none", reads: [cells.head, own.shard, own.store] },
    (head, shard, store): Firings =>
      bounds.steps.flatMap((step) => {
        if (step._tag !== "MoveTablet") return []
        const base = TableId.make(step.base)
        const holds =
          store.sstables.some((one) => one.base === base) || store.memtables.some((one) => one.base === base)
        const isBusy = shard.batch?.attempt != null || store.flushing !== null || store.coming.length > 0
        if (!isLeaving(head.metadata, base) || !hasFirstTablet(head.metadata, base, own.id)) return []
        if (!holds || isBusy) return []
        const lastToken = tokenOn(head.metadata.state, base, own.id)
        const part = { base, after: null, lastToken: endOfRing }
        return [
          {
            labels: [{ _tag: "TabletCleaned", node: home, shard: own.id, base, after: null, lastToken }],
            writes: [
              write(own.store, { cleans: part }),
              write(own.shard, { forgets: part }),
              write(cells.node, { forgets: part, on: own.id, cleansUp: variant.cleansUp })
            ]
          }
        ]
      })
  )
