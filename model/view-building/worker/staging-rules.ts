/** The registrator at work (R1 to R3). It has one go at a time, and begins anew when its command was refused. */
import type { Position } from "../../../spec/metadata.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { appended } from "../../group0/log.ts"
import { type Write, write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { adding, bare } from "../said.ts"
import { joining, type Node, type Registering, toList } from "./node.ts"
import { planned } from "./registrator.ts"
import type { Firings } from "./shard-firing.ts"
import { on, type Site } from "./site.ts"

export const stagingRules = (site: Site): ReadonlyArray<Rule<ViewBuildingLabel>> => [
  plans(site),
  commits(site),
  lists(site)
]

const byWorker = ({ name }: Site) => ({ _tag: "Worker", node: name }) as const

/** R2, its first half. Enabled when something is queued and the node has caught up, for the guard sees to that. */
const plans = (site: Site) =>
  on(
    `the registrator of ${site.name} takes a guard`,
    { actor: "registrator", fair: site.trusting("F8"), reads: [site.group0.head, site.known, site.node] },
    (head, known, node): Firings => {
      if (node.queue.length === 0 || node.registering !== null || node.drained || !node.up) return []
      if (node.missed || node.gaveUp || known.at !== head.at) return []
      const registering = planned(node, head.metadata, head.at, site.variant, site.ids)
      return [
        {
          labels: [{ _tag: "GuardTaken", by: byWorker(site), at: head.at }],
          writes: [write(site.node, { ...node, registering })]
        }
      ]
    }
  )

/** R2, its second half: the rows, or nothing if anybody has been there first. */
const commits = (site: Site) =>
  on(
    `the registrator of ${site.name} commits`,
    { actor: "registrator", fair: site.trusting("F8"), reads: [site.group0.head, site.node] },
    (head, node): Firings => {
      const { registering } = node
      if (registering === null || registering.committed !== null) return []
      const { creates, uses, at } = registering
      const isIdle = uses.length === 0 || (creates.length === 0 && site.variant.reuses !== "own")
      if (isIdle) return [{ labels: [], writes: [write(site.node, ready(node, registering, at))] }]
      const by = byWorker(site)
      const change = { _tag: "RegisterStaging", tasks: creates, sstables: uses } as const
      if (head.at !== at) {
        const gaveUp = site.variant.afterRefusal === "givesUp"
        return [
          {
            labels: [{ _tag: "CommitRefused", by, change, expected: at, head: head.at }],
            writes: [write(site.node, { ...node, registering: null, gaveUp })]
          }
        ]
      }
      const said = adding(site.ids, head.metadata, creates.map(bare))
      const command = appended(site.group0, head.at, said)
      return [
        {
          labels: [{ _tag: "Committed", by, at: command.at, change, state: said.state }],
          writes: [command.write, write(site.node, ready(node, registering, command.at))]
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
const lists = (site: Site) =>
  on(
    `the registrator of ${site.name} fills the lists`,
    { actor: "registrator", fair: site.trusting("F8"), reads: [site.known, site.node] },
    (applied, node): Firings => {
      const { registering, queue } = node
      if (registering === null || registering.committed === null || applied.at < registering.committed) return []
      const { uses, forgets } = registering
      const known = uses.flatMap((use) => {
        const entry = queue.find(({ sstable }) => sstable === use.sstable)
        return entry === undefined ? [] : [{ ...entry, task: use.task }]
      })
      const left = queue.filter(
        ({ sstable }) => !forgets.includes(sstable) && !known.some((entry) => entry.sstable === sstable)
      )
      const missed = left.length > 0 && site.variant.registrator === "edge"
      return [
        {
          labels: known.map(({ sstable, shard, task }) => ({
            _tag: "StagingListed",
            node: site.name,
            shard,
            sstable,
            task
          })),
          writes: [
            write(site.node, { ...node, queue: left, registering: null, missed }),
            ...site.shards.flatMap(({ id, shard }): ReadonlyArray<Write> => {
              const mine = known.filter((entry) => entry.shard === id)
              const more = mine.map((entry) => toList(entry, site.variant))
              return mine.length === 0 ? [] : [write(shard, { lists: more })]
            })
          ]
        }
      ]
    }
  )
