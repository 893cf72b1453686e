/** Work arrives under a session: it is admitted or turned away, and once inside it has its effect. */
import { GuardId } from "../../../spec/sessions/ids.ts"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Reason } from "../../../spec/sessions/messages.ts"
import { view, type Write, write } from "../../kernel/cell.ts"
import { remove } from "../../kernel/channel.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import { asking, forgetting } from "../cluster/shard.ts"
import { merged } from "../cluster/works.ts"
import { range, type TopologyCells, type TopologyNode, type Work } from "./cells.ts"
import type { Setting } from "./coordinator-rules.ts"
import { told } from "./stream-rules.ts"

const on = rulesOf<ClusterLabel>()

type Firings = ReadonlyArray<Firing<ClusterLabel>>

export const workRules = (setting: Setting, node: TopologyNode): ReadonlyArray<Rule<ClusterLabel>> => [
  admits(setting, node),
  acts(setting, node)
]

const guardOf = ({ work }: Work): GuardId => GuardId.make(work)

/** Whoever waits for a piece of work learns what became of it. */
export const reported = (
  cells: TopologyCells,
  node: TopologyNode,
  work: Work,
  reason: Reason | null
): ReadonlyArray<Write> => {
  if (work._tag === "Truncate") return told(cells, node, [work], reason)
  const { streams } = cells.nodes.find(({ name }) => name === work.by)!
  return [write(streams, reason === null ? { landed: work.work } : { lost: work.work })]
}

/** A frozen guard is made live, or its work turned away. */
const admits = ({ cells, variant }: Setting, node: TopologyNode): Rule<ClusterLabel> => {
  const up = view(node.node, "up", (state) => state.up)
  return on(
    `${node.name} admits work`,
    { actor: node.name, fair: "weak", reads: [up, node.calls, node.inside, node.own] },
    (alive, calls, inside, shard): Firings =>
      (alive ? calls : []).flatMap((call, position): Firings => {
        if (call._tag === "Stream") return []
        const { session, work } = call
        const at = { node: node.name, shard: node.shards[0]!.id, session, work }
        const asked = asking(variant.node, shard, { _tag: "Enter", session, guard: guardOf(call) })
        const taken = remove(node.calls, position)
        if (asked.refused !== null)
          return [
            {
              labels: [{ _tag: "TurnedAway", ...at, reason: asked.refused }],
              writes: [taken, ...reported(cells, node, call, asked.refused)]
            }
          ]
        return [
          {
            labels: [{ _tag: "Entered", ...at }],
            writes: [taken, write(node.own, asked.shard), write(node.inside, [...inside, call])]
          }
        ]
      })
  )
}

/** Rows become part of what the node has, or all that it has is dropped; the guard is released. */
const acts = ({ cells, variant }: Setting, node: TopologyNode): Rule<ClusterLabel> =>
  on(
    `${node.name} finishes work`,
    { actor: node.name, fair: "weak", reads: [node.inside, node.rows, node.own] },
    (inside, stored, shard): Firings =>
      inside.map((work) => {
        const at = { node: node.name, shard: node.shards[0]!.id, session: work.session, work: work.work }
        const released = asking(variant.node, shard, { _tag: "Release", guard: guardOf(work) })
        const effect: ClusterLabel =
          work._tag === "Rows"
            ? { _tag: "Landed", ...at, tablet: range, rows: work.rows }
            : { _tag: "Truncated", ...at, tablet: range }
        return {
          labels: [effect, { _tag: "Left", ...at }, ...forgetting(node.name, at.shard, released)],
          writes: [
            write(node.rows, work._tag === "Rows" ? merged([...stored, ...work.rows]) : []),
            write(node.own, released.shard),
            write(
              node.inside,
              inside.filter((other) => other !== work)
            ),
            ...reported(cells, node, work, null)
          ]
        }
      })
  )
