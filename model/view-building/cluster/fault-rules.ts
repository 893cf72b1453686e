/** What may go wrong, each a budget: calls that are lost, nodes that restart or go down, commits that come to nothing. */
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { CallAnswer, Committer } from "../../../spec/view-building/messages.ts"
import { tableOf, tabletHolding } from "../../../spec/view-building/metadata.ts"
import { type Write, write } from "../../kernel/cell.ts"
import { clear, push, remove } from "../../kernel/channel.ts"
import type { Rule } from "../../kernel/system.ts"
import type { Said } from "../said.ts"
import { trusting } from "./bounds.ts"
import type { CoordinatorCells, NodeCells, ShardCells } from "./cells.ts"
import { ended, taking } from "./coordinator-rules.ts"
import type { Data } from "./data.ts"
import { type Firings, on, type Setting } from "./setting.ts"

export const faultRules = (setting: Setting): ReadonlyArray<Rule<ViewBuildingLabel>> => {
  const { bounds, cells } = setting
  return [
    ...(bounds.breaks > 0 ? cells.coordinators.map((own) => breaks(setting, own)) : []),
    ...(bounds.timeouts > 0 ? cells.coordinators.map((own) => timesOut(setting, own)) : []),
    ...(bounds.restarts > 0 ? cells.nodes.map((node) => restarts(setting, node)) : []),
    ...(bounds.restarts + bounds.downs > 0
      ? cells.nodes.flatMap((node) => node.shards.map((shard) => breaksOff(setting, node, shard)))
      : []),
    ...(bounds.downs > 0
      ? cells.nodes.flatMap((node) => [goesDown(setting, node), isMarked(setting, node), comesBack(setting, node)])
      : [])
  ]
}

const lost: CallAnswer = { _tag: "Refused", reason: "Disconnected" }

/** The connection under a call breaks. What was on its way is delivered all the same, or lost. */
const breaks = (setting: Setting, own: CoordinatorCells): Rule<ViewBuildingLabel> => {
  const { cells } = setting
  return on(
    `connection of coordinator ${own.term} breaks`,
    { actor: "network", fair: "none", reads: [own.state, cells.mayBreak, ...cells.shards.map(({ calls }) => calls)] },
    (now, left, ...mail): Firings =>
      now === null || left === 0
        ? []
        : now.calls.flatMap(({ replica, call, phase }): Firings => {
            if (phase !== "out") return []
            const k = cells.shards.findIndex(
              ({ replica: one }) => one.node === replica.node && one.shard === replica.shard
            )
            const position = mail[k]!.findIndex((one) => one.term === own.term && one.call === call)
            const spent = write(cells.mayBreak, "spend")
            const input = { _tag: "CallEnded", replica, call, answer: lost } as const
            const told = (more: ReadonlyArray<Write>): Firings =>
              taking(setting, own, now, input, [ended(own, call, lost)], [spent, ...more])
            const gone = position < 0 ? [] : told([remove(cells.shards[k]!.calls, position)])
            return [...told([]), ...gone]
          })
  )
}

/** A commit comes to nothing, for group 0 did not answer in time. */
const timesOut = (setting: Setting, own: CoordinatorCells): Rule<ViewBuildingLabel> => {
  const by: Committer = { _tag: "Coordinator", term: own.term }
  const { cells } = setting
  return on(
    `coordinator ${own.term} commits in vain`,
    { actor: "network", fair: "none", reads: [own.state, cells.mayTimeOut] },
    (now, left): Firings =>
      now?.plan == null || left === 0
        ? []
        : taking(
            setting,
            own,
            now,
            { _tag: "CommitDone", effective: false },
            [{ _tag: "CommitFailed", by, change: now.plan.change }],
            [write(cells.mayTimeOut, "spend")]
          )
  )
}

const dataOf = ({ shards }: NodeCells) => shards.map(({ data }) => data)

/** What falls with a node: batches, what they had done, and what was known of staging. */
const fallen = ({ shards }: NodeCells, held: ReadonlyArray<Data>): ReadonlyArray<Write> =>
  shards.flatMap(({ worker, data }, k) => {
    const { rows, staging } = held[k]!
    const forgotten: Data = { rows, staging: staging.map((staged) => ({ ...staged, listed: false })) }
    return [write(worker, "falls"), ...(staging.length === 0 ? [] : [write(data, forgotten)])]
  })

/** Staging sstables are found on disk, and wait to be registered once more: nobody knows which task was begun. */
const back = (node: NodeCells, { state }: Said, held: ReadonlyArray<Data>): ReadonlyArray<ViewBuildingLabel> => [
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

const restarts = ({ cells }: Setting, node: NodeCells): Rule<ViewBuildingLabel> =>
  on(
    `${node.name} restarts`,
    { actor: "fault", fair: "none", reads: [cells.mayRestart, node.up, cells.head, ...dataOf(node)] },
    (left, up, { metadata }, ...held): Firings =>
      left === 0 || !up
        ? []
        : [
            {
              labels: [{ _tag: "Stopped", node: node.name }, ...back(node, metadata, held)],
              writes: [...fallen(node, held), write(cells.mayRestart, "spend")]
            }
          ]
  )

const goesDown = ({ cells }: Setting, node: NodeCells): Rule<ViewBuildingLabel> =>
  on(
    `${node.name} goes down`,
    { actor: "fault", fair: "none", reads: [cells.mayGoDown, node.up, ...dataOf(node)] },
    (left, up, ...held): Firings =>
      left === 0 || !up
        ? []
        : [
            {
              labels: [{ _tag: "Stopped", node: node.name }],
              writes: [...fallen(node, held), write(node.up, false), write(cells.mayGoDown, "spend")]
            }
          ]
  )

/** Calls that a node has fallen under, and those to a node that is down, come to their end without an answer. */
const breaksOff = ({ bounds, cells }: Setting, node: NodeCells, shard: ShardCells): Rule<ViewBuildingLabel> =>
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
              push(cells.coordinators[term - 1]!.answers, { replica, call, answer: lost })
            ),
            ...(worker.lost.length === 0 ? [] : [write(shard.worker, { ...worker, lost: [] })]),
            ...(up || mail.length === 0 ? [] : [clear(shard.calls)])
          ]
        }
      ]
    }
  )

/** Gossip tells the leader that a host is down, or that it is up again. */
const isMarked = ({ cells }: Setting, node: NodeCells): Rule<ViewBuildingLabel> =>
  on(
    `${node.name} is marked`,
    { actor: "gossip", fair: "weak", reads: [node.up, node.alive, cells.term] },
    (up, alive, term): Firings =>
      up === alive
        ? []
        : [
            {
              labels: [
                {
                  _tag: "HostMarked",
                  by: cells.nodes[(term - 1) % cells.nodes.length]!.name,
                  node: node.name,
                  alive: up
                }
              ],
              writes: [write(node.alive, up)]
            }
          ]
  )

const comesBack = ({ bounds, cells }: Setting, node: NodeCells): Rule<ViewBuildingLabel> =>
  on(
    `${node.name} comes back`,
    { actor: node.name, fair: trusting(bounds, "F2"), reads: [node.up, cells.head, ...dataOf(node)] },
    (up, { metadata }, ...held): Firings =>
      up ? [] : [{ labels: back(node, metadata, held), writes: [write(node.up, true)] }]
  )
