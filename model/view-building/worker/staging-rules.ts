/** The registrator at work (R1 to R3). It has one go at a time, and begins anew when its command was refused. */

import type { Position } from "../../../spec/metadata.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { appended } from "../../group0/log.ts"
import { type Write, write } from "../../kernel/cell.ts"
import { type Rule, rulesOf } from "../../kernel/system.ts"
import { adding, bare } from "../said.ts"
import { reference } from "../variant.ts"
import { trusting, type WorkerBounds } from "./bounds.ts"
import type { WorkerCells } from "./cells.ts"
import { joining, type Node, type Registering } from "./node.ts"
import { planned } from "./registrator.ts"
import { home } from "./scene.ts"
import { type Firings, taken } from "./shard-firing.ts"
import type { Listed, Shard } from "./state.ts"
import type { WorkerVariant } from "./variant.ts"

const on = rulesOf<ViewBuildingLabel>()
const by = { _tag: "Worker", node: home } as const

export const stagingRules = (
  cells: WorkerCells,
  bounds: WorkerBounds,
  variant: WorkerVariant
): ReadonlyArray<Rule<ViewBuildingLabel>> => [
  plans(cells, bounds, variant),
  commits(cells, bounds, variant),
  lists(cells, bounds, variant)
]

/** R2, its first half. Enabled when something is queued and the node has caught up, for the guard sees to that. */
const plans = (cells: WorkerCells, bounds: WorkerBounds, variant: WorkerVariant) =>
  on(
    "the registrator takes a guard",
    { actor: "registrator", fair: trusting(bounds, "F8"), reads: [cells.head, cells.node] },
    (head, node): Firings => {
      if (node.queue.length === 0 || node.registering !== null || node.drained || node.at !== head.at) return []
      if (node.missed || node.gaveUp) return []
      const registering = planned(node, head.metadata, head.at, variant)
      return [
        {
          labels: [{ _tag: "GuardTaken", by, at: head.at }],
          writes: [write(cells.node, { ...node, registering })]
        }
      ]
    }
  )

/** R2, its second half: the rows, or nothing if anybody has been there first. */
const commits = (cells: WorkerCells, bounds: WorkerBounds, variant: WorkerVariant) =>
  on(
    "the registrator commits",
    { actor: "registrator", fair: trusting(bounds, "F8"), reads: [cells.head, cells.node] },
    (head, node): Firings => {
      const { registering } = node
      if (registering === null || registering.committed !== null) return []
      const { creates, uses, at } = registering
      const isIdle = uses.length === 0 || (creates.length === 0 && variant.reuses !== "own")
      if (isIdle) return [{ labels: [], writes: [write(cells.node, ready(node, registering, at))] }]
      const change = { _tag: "RegisterStaging", tasks: creates, sstables: uses } as const
      if (head.at !== at)
        return [
          {
            labels: [{ _tag: "CommitRefused", by, change, expected: at, head: head.at }],
            writes: [write(cells.node, { ...node, registering: null, gaveUp: variant.afterRefusal === "givesUp" })]
          }
        ]
      const said = adding(reference, head.metadata, creates.map(bare))
      const command = appended(cells, head.at, said)
      return [
        {
          labels: [{ _tag: "Committed", by, at: command.at, change, state: said.state }],
          writes: [command.write, write(cells.node, ready(node, registering, command.at))]
        }
      ]
    }
  )

const ready = (node: Node, registering: Registering, committed: Position): Node => ({
  ...node,
  own: joining(
    node.own,
    registering.creates.map(({ id }) => id)
  ),
  registering: { ...registering, committed }
})

/** R3: once its own command is applied here, every sstable goes to the list of its shard. */
const lists = (cells: WorkerCells, bounds: WorkerBounds, variant: WorkerVariant) => {
  const listing = (k: number, shard: Shard, more: ReadonlyArray<Listed>): Write => {
    const own = cells.shards[k]!
    const listed = more.map(({ sstable, base, token }) => ({ sstable, base, token }))
    return write(own.shard, taken(own, shard, { _tag: "Lists", listed }, variant)?.shard ?? shard)
  }
  return on(
    "the registrator fills the lists",
    {
      actor: "registrator",
      fair: trusting(bounds, "F8"),
      reads: [cells.node, ...cells.shards.map(({ shard }) => shard)]
    },
    (node, ...shards): Firings => {
      const { registering, queue } = node
      if (registering === null || registering.committed === null || node.at < registering.committed) return []
      const { uses, forgets } = registering
      const known = uses.flatMap((use) => {
        const entry = queue.find(({ sstable }) => sstable === use.sstable)
        return entry === undefined ? [] : [{ ...entry, task: use.task }]
      })
      const left = queue.filter(
        ({ sstable }) => !forgets.includes(sstable) && !known.some((entry) => entry.sstable === sstable)
      )
      return [
        {
          labels: known.map(({ sstable, shard, task }) => ({
            _tag: "StagingListed",
            node: home,
            shard,
            sstable,
            task
          })),
          writes: [
            write(cells.node, {
              ...node,
              queue: left,
              registering: null,
              missed: left.length > 0 && variant.registrator === "edge"
            }),
            ...cells.shards.flatMap(({ id }, k): ReadonlyArray<Write> => {
              const mine = known.filter((entry) => entry.shard === id)
              return mine.length === 0 ? [] : [listing(k, shards[k]!, mine)]
            })
          ]
        }
      ]
    }
  )
}
