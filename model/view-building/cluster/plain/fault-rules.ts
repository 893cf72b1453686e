/** Nodes of plain workers restart, or go down and come back. */
import type { ViewBuildingLabel } from "../../../../spec/view-building/labels.ts"
import { tableOf, tabletHolding } from "../../../../spec/view-building/metadata.ts"
import { type Write, write } from "../../../kernel/cell.ts"
import { clear } from "../../../kernel/channel.ts"
import type { Rule } from "../../../kernel/system.ts"
import type { Said } from "../../said.ts"
import { trusting } from "../bounds.ts"
import type { Data } from "../data.ts"
import { lost } from "../fault-rules.ts"
import { posting } from "../mailbox.ts"
import { type Firings, on, type Setting } from "../setting.ts"
import type { PlainNode, PlainShard } from "./cells.ts"

export const plainFaultRules = (
  setting: Setting,
  nodes: ReadonlyArray<PlainNode>
): ReadonlyArray<Rule<ViewBuildingLabel>> => {
  const { restarts: times, downs } = setting.bounds
  return [
    ...(times > 0 ? nodes.map((node) => restarts(setting, node)) : []),
    ...(times + downs > 0 ? nodes.flatMap((node) => node.shards.map((shard) => breaksOff(setting, node, shard))) : []),
    ...(downs > 0 ? nodes.flatMap((node) => [goesDown(setting, node), comesBack(setting, node)]) : [])
  ]
}

const dataOf = ({ shards }: PlainNode) => shards.map(({ data }) => data)

/** What falls with a node: batches, what they had done, and what was known of staging. */
const fallen = ({ shards }: PlainNode): ReadonlyArray<Write> =>
  shards.flatMap(({ worker, data }) => [write(worker, "falls"), write(data, "falls")])

/** Staging sstables are found on disk, and wait to be registered once more: nobody knows which task was begun. */
const back = (node: PlainNode, { state }: Said, held: ReadonlyArray<Data>): ReadonlyArray<ViewBuildingLabel> => [
  { _tag: "Restarted", node: node.name },
  ...node.shards.flatMap(({ replica }, k) =>
    held[k]!.staging.flatMap(({ sstable, base, row }): ReadonlyArray<ViewBuildingLabel> => {
      const table = tableOf(state, base)
      const tablet = table === undefined ? undefined : tabletHolding(table, row.token)
      return tablet === undefined ? [] : [{ _tag: "StagingQueued", ...replica, sstable, lastToken: tablet.lastToken }]
    })
  ),
  { _tag: "Discovered", node: node.name }
]

const restarts = ({ cells }: Setting, node: PlainNode): Rule<ViewBuildingLabel> =>
  on(
    `${node.name} restarts`,
    { actor: "fault", fair: "none", reads: [cells.mayRestart, node.up, cells.head, ...dataOf(node)] },
    (left, up, { metadata }, ...held): Firings =>
      left === 0 || !up
        ? []
        : [
            {
              labels: [{ _tag: "Stopped", node: node.name }, ...back(node, metadata, held)],
              writes: [...fallen(node), write(cells.mayRestart, "spend")]
            }
          ]
  )

const goesDown = ({ cells }: Setting, node: PlainNode): Rule<ViewBuildingLabel> =>
  on(
    `${node.name} goes down`,
    { actor: "fault", fair: "none", reads: [cells.mayGoDown, node.up] },
    (left, up): Firings =>
      left === 0 || !up
        ? []
        : [
            {
              labels: [{ _tag: "Stopped", node: node.name }],
              writes: [...fallen(node), write(node.isUp, false), write(cells.mayGoDown, "spend")]
            }
          ]
  )

/** Calls that a node has fallen under, and those to a node that is down, come to their end without an answer. */
const breaksOff = ({ bounds, cells }: Setting, node: PlainNode, shard: PlainShard): Rule<ViewBuildingLabel> =>
  on(
    `calls to ${shard.place} break off`,
    { actor: "network", fair: trusting(bounds, "F9"), reads: [shard.worker, shard.calls, node.up] },
    (worker, mail, up): Firings => {
      const calls = [...worker.lost, ...(up ? [] : mail)]
      if (calls.length === 0) return []
      const { replica } = shard
      return [
        {
          labels: [],
          writes: [
            ...calls.map(({ term, call }) =>
              posting(cells.coordinators[term - 1]!.answers, { replica, call, answer: lost })
            ),
            ...(worker.lost.length === 0 ? [] : [write(shard.worker, { ...worker, lost: [] })]),
            ...(up || mail.length === 0 ? [] : [clear(shard.calls)])
          ]
        }
      ]
    }
  )

const comesBack = ({ bounds, cells }: Setting, node: PlainNode): Rule<ViewBuildingLabel> =>
  on(
    `${node.name} comes back`,
    { actor: node.name, fair: trusting(bounds, "F2"), reads: [node.up, cells.head, ...dataOf(node)] },
    (up, { metadata }, ...held): Firings =>
      up ? [] : [{ labels: back(node, metadata, held), writes: [write(node.isUp, true)] }]
  )
