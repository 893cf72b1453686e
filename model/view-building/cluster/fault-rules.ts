/** What may go wrong whoever works, each a budget: calls that are lost, commits that come to nothing. */
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { CallAnswer, Committer } from "../../../spec/view-building/messages.ts"
import { type Write, write } from "../../kernel/cell.ts"
import { remove } from "../../kernel/channel.ts"
import type { Rule } from "../../kernel/system.ts"
import type { CoordinatorCells, NodeCells } from "./cells.ts"
import { ended, taking } from "./coordinator-rules.ts"
import { type Firings, on, type Setting } from "./setting.ts"

export const faultRules = (setting: Setting): ReadonlyArray<Rule<ViewBuildingLabel>> => {
  const { bounds, cells } = setting
  return [
    ...(bounds.breaks > 0 ? cells.coordinators.map((own) => breaks(setting, own)) : []),
    ...(bounds.timeouts > 0 ? cells.coordinators.map((own) => timesOut(setting, own)) : []),
    ...(bounds.downs > 0 ? cells.nodes.map((node) => isMarked(setting, node)) : [])
  ]
}

export const lost: CallAnswer = { _tag: "Refused", reason: "Disconnected" }

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
