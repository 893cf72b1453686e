/** A node is shut down in good order: it answers the commands that it has in hand, and falls then. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { write } from "../../kernel/cell.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import type { ClusterCells, NodeCells } from "./cells.ts"
import { fallen } from "./fault-rules.ts"

const on = rulesOf<ClusterLabel>()

type Firings = ReadonlyArray<Firing<ClusterLabel>>

export const shutdownRules = (cells: ClusterCells, node: NodeCells): ReadonlyArray<Rule<ClusterLabel>> => [
  begins(cells, node),
  ends(cells, node)
]

const begins = (cells: ClusterCells, node: NodeCells): Rule<ClusterLabel> =>
  on(
    `${node.name} begins to shut down`,
    { actor: "operator", fair: "none", reads: [node.node, cells.mayShutDown] },
    (state, left): Firings =>
      left === 0 || !state.up || state.stopping
        ? []
        : [{ labels: [], writes: [write(node.node, { ...state, stopping: true }), write(cells.mayShutDown, "spend")] }]
  )

/** Nothing waits for it any more. It is started again at once, and takes commands then. */
const ends = (cells: ClusterCells, node: NodeCells): Rule<ClusterLabel> =>
  on(
    `${node.name} shuts down`,
    { actor: node.name, fair: "weak", reads: [node.node, ...node.shards.map(({ shard }) => shard)] },
    (state, ...shards): Firings =>
      !state.stopping || state.commands.length > 0
        ? []
        : [
            {
              labels: [{ _tag: "Restarted", node: node.name }],
              writes: fallen(cells, node, state, true, shards)
            }
          ]
  )
