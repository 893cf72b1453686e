/** What may go wrong on the global track, each a budget: broken connections under what was asked, and restarts. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { elected } from "../../group0/elections.ts"
import { write } from "../../kernel/cell.ts"
import { clear } from "../../kernel/channel.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import { type Mail, type Node, newNode } from "../cluster/node-state.ts"
import { restarted, type Shard } from "../cluster/shard.ts"
import type { Call, GlobalCells, TopologyNode, Work } from "./cells.ts"
import { electionsOf, type Setting, taking } from "./coordinator-rules.ts"
import { told } from "./stream-rules.ts"
import type { Streaming } from "./streams.ts"
import { reported } from "./work-rules.ts"

const on = rulesOf<ClusterLabel>()

type Firings = ReadonlyArray<Firing<ClusterLabel>>

export const faultRules = (setting: Setting): ReadonlyArray<Rule<ClusterLabel>> => {
  const { bounds, cells } = setting
  return [
    ...cells.global.flatMap((own) =>
      cells.nodes.flatMap((node) => [
        ...(bounds.breaks > 0 ? [breaks(setting, own, node, "task")] : []),
        ...(bounds.barrierBreaks > 0 ? [breaks(setting, own, node, "barrier")] : [])
      ])
    ),
    ...(bounds.restarts === 0
      ? []
      : bounds.leader === undefined
        ? cells.nodes.map((node) => restarts(setting, node))
        : cells.global.slice(1).map((next) => leaderRestarts(setting, next)))
  ]
}

/** The connection between a coordinator and a node breaks under what it asked for. The node goes on with it. */
const breaks = (
  setting: Setting,
  own: GlobalCells,
  node: TopologyNode,
  under: "task" | "barrier"
): Rule<ClusterLabel> => {
  const { mayBreak, mayBreakBarrier } = setting.cells
  const budget = under === "task" ? mayBreak : mayBreakBarrier
  return on(
    `connection of coordinator ${own.term} to ${node.name} breaks under a ${under}`,
    { actor: "network", fair: "none", reads: [own.state, budget] },
    (now, left): Firings =>
      left === 0 || now?.doing._tag !== "Asking" || now.doing.what !== under || !now.doing.waiting.includes(node.name)
        ? []
        : taking(
            setting,
            own,
            now,
            { _tag: "ConnectionBroke", node: node.name },
            [{ _tag: "ConnectionBroke", from: `coordinator ${own.term}`, to: node.name }],
            [write(budget, "spend")]
          )
  )
}

const volatileOf = ({ node, own, calls, mail, streams, inside }: TopologyNode) =>
  [node, own, calls, mail, streams, inside] as const

type Volatile = readonly [
  Node,
  Shard,
  ReadonlyArray<Call>,
  ReadonlyArray<Mail>,
  ReadonlyArray<Streaming>,
  ReadonlyArray<Work>
]

/** Everything of a node that is not on disk is gone, what was on its way to it as well, and whoever waited for it is told. */
const fallen = (
  { cells }: Setting,
  node: TopologyNode,
  [state, shard, calls, mail, streams, inside]: Volatile
): Firing<ClusterLabel> => {
  const works = [...calls, ...inside].flatMap((call) => (call._tag === "Stream" ? [] : [call]))
  const callers = [
    ...calls.flatMap((call) => (call._tag === "Stream" ? [call] : [])),
    ...streams.flatMap((stream) => stream.callers),
    ...state.commands,
    ...mail.flatMap((message) => (message._tag === "Command" ? [message] : []))
  ]
  return {
    labels: [{ _tag: "Restarted", node: node.name }],
    writes: [
      ...works.flatMap((work) => reported(cells, node, work, "Disconnected")),
      write(node.node, newNode),
      write(node.own, restarted(shard)),
      write(node.streams, []),
      write(node.inside, []),
      write(node.cleaning, null),
      write(node.writing, []),
      clear(node.calls),
      clear(node.mail),
      ...told(cells, node, callers, "Disconnected"),
      write(cells.mayRestart, "spend")
    ]
  }
}

const restarts = (setting: Setting, node: TopologyNode): Rule<ClusterLabel> =>
  on(
    `${node.name} restarts`,
    { actor: "fault", fair: "none", reads: [setting.cells.mayRestart, ...volatileOf(node)] },
    (left, ...volatile): Firings => (left === 0 ? [] : [fallen(setting, node, volatile)])
  )

/** The node on which the coordinator runs restarts while it streams: both are gone at once, and somebody else leads. */
const leaderRestarts = (setting: Setting, next: GlobalCells): Rule<ClusterLabel> => {
  const { bounds, cells } = setting
  const node = cells.nodes.find(({ name }) => name === bounds.leader)!
  const last = cells.global.find(({ term }) => term === next.term - 1)!
  return on(
    `${node.name} restarts, and coordinator ${next.term} is elected`,
    { actor: "fault", fair: "none", reads: [cells.mayRestart, cells.term, ...volatileOf(node)] },
    (left, term, ...volatile): Firings => {
      const [, , , , streams] = volatile
      if (left === 0 || term !== last.term || streams.length === 0) return []
      const one = fallen(setting, node, volatile)
      const other = elected(electionsOf(cells), next)
      return [
        {
          labels: [...one.labels, ...other.labels],
          writes: [...one.writes, ...other.writes, write(last.state, null)]
        }
      ]
    }
  )
}
