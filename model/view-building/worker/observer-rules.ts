/** A node follows group 0, and its observer looks at every shard after it has (O1 to O3). */
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { view, write } from "../../kernel/cell.ts"
import { type Rule, rulesOf } from "../../kernel/system.ts"
import { trusting, type WorkerBounds } from "./bounds.ts"
import type { ShardCells, WorkerCells } from "./cells.ts"
import { builtIn, isStartedLocked, mayApply, type Node } from "./node.ts"
import { home } from "./scene.ts"
import { around, type Firings, puts } from "./shard-firing.ts"
import type { WorkerVariant } from "./variant.ts"

const on = rulesOf<ViewBuildingLabel>()

export const observerRules = (
  cells: WorkerCells,
  bounds: WorkerBounds,
  variant: WorkerVariant
): ReadonlyArray<Rule<ViewBuildingLabel>> => [
  applies(cells, bounds, variant),
  ...cells.shards.map((_, k) => looks(cells, k, bounds, variant)),
  finishes(cells, bounds, variant)
]

/** Enabled while the node is behind, unless its observer keeps it from applying. */
const applies = (cells: WorkerCells, bounds: WorkerBounds, variant: WorkerVariant) =>
  on(
    "a node applies what group 0 says",
    { actor: "group 0", fair: trusting(bounds, "F1"), reads: [cells.head, cells.node] },
    (head, node): Firings =>
      node.at === head.at || !mayApply(node, variant)
        ? []
        : [
            {
              labels: [{ _tag: "Applied", node: home, at: head.at }],
              writes: [write(cells.node, { ...node, at: head.at, state: head.metadata.state })]
            }
          ]
  )

/** Enabled when something was applied that the observer has not looked at. */
const newRound = (cells: WorkerCells, node: Node, variant: WorkerVariant): Node["looking"] =>
  node.looked === node.at || node.drained || (variant.observer === "keepsApply" && isStartedLocked(node, variant))
    ? null
    : { left: cells.shards.map(({ id }) => id), at: node.at }

/**
 * O1 on one shard, as soon as its mutex is free. Where that takes several steps the next shard waits.
 *
 * A round begins at the first shard, when something was applied that nobody has looked at.
 */
const looks = (cells: WorkerCells, k: number, bounds: WorkerBounds, variant: WorkerVariant) => {
  const own = cells.shards[k]!
  return on(
    `the observer looks at ${own.id}`,
    { actor: "observer", fair: trusting(bounds, "F7"), reads: [cells.node, cells.desk, own.shard, own.store] },
    (node, desk, shard, store): Firings => {
      const round = node.looking ?? newRound(cells, node, variant)
      if (round === null || round.left[0] !== own.id) return []
      const looking = { ...round, left: round.left.slice(1) }
      const input = { _tag: "Observes", around: around(node, store) } as const
      return puts(cells, own, { shard, store, desk }, input, variant, [], [write(cells.node, { ...node, looking })])
    }
  )
}

/** Whether a shard has yet to do what the observer has told it. */
const isHeldUp = (shard: ShardCells["shard"]) => view(shard, "held up", ({ lock }) => lock?.by === "observer")

/** O2 and O3: the round is over once no shard is held up by it. */
const finishes = (cells: WorkerCells, bounds: WorkerBounds, variant: WorkerVariant) =>
  on(
    "the observer has looked",
    {
      actor: "observer",
      fair: trusting(bounds, "F7"),
      reads: [cells.node, ...cells.shards.map(({ shard }) => isHeldUp(shard))]
    },
    (node, ...heldUp): Firings => {
      const { looking } = node
      if (looking === null || looking.left.length > 0) return []
      if (heldUp.includes(true) || isStartedLocked(node, variant)) return []
      const built = builtIn(node.state)
      const started = node.started.filter((id) => node.state.tasks.some((task) => task.id === id))
      return [
        {
          labels: built.join() === node.built.join() ? [] : [{ _tag: "BuiltViewsWritten", node: home, views: built }],
          writes: [
            write(cells.node, {
              ...node,
              built,
              started,
              looking: null,
              looked: variant.observes === "level" ? looking.at : node.at
            })
          ]
        }
      ]
    }
  )
