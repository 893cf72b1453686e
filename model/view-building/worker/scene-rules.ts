/** Group 0 as others change it: coordinators pick, update and collect, operators create and drop, tablets move and split. */
import { TableId, ViewId } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { Change, Committer } from "../../../spec/view-building/messages.ts"
import { appended, type Head } from "../../group0/log.ts"
import { type Write, write } from "../../kernel/cell.ts"
import type { Firing, Rule } from "../../kernel/system.ts"
import { started } from "../coordinator/progress.ts"
import type { Said } from "../said.ts"
import type { Step, WorkerBounds } from "./bounds.ts"
import type { WorkerCells } from "./cells.ts"
import {
  collected,
  firstSaid,
  home,
  picked,
  type Step as SceneStep,
  selected,
  startedOn,
  tableDropped,
  updated,
  viewCreated,
  viewDropped
} from "./scene.ts"
import type { Firings } from "./shard-firing.ts"
import { on, type SiteShard } from "./site.ts"
import { holdsAny } from "./store.ts"
import { hasFirstTablet, moveBegun, tabletsSplit, waysOn } from "./tablets.ts"
import type { WorkerVariant } from "./variant.ts"

const operator: Committer = { _tag: "Operator" }

const committing = (
  cells: WorkerCells,
  { at }: Head<Said>,
  by: Committer,
  change: Change,
  said: Said,
  ...more: ReadonlyArray<Write>
): Firing<ViewBuildingLabel> => {
  const command = appended(cells, at, said)
  return {
    labels: [{ _tag: "Committed", by, at: command.at, change, state: said.state }],
    writes: [command.write, ...more]
  }
}

export const sceneRules = (
  cells: WorkerCells,
  bounds: WorkerBounds,
  { batches }: WorkerVariant
): ReadonlyArray<Rule<ViewBuildingLabel>> => [
  begins(cells, bounds),
  picks(cells),
  updates(cells),
  ...(batches === "byObserver" ? cells.shards.map((own) => starts(cells, own)) : []),
  collects(cells, batches === "byCalls" ? "CollectTasks" : "FinishTasks"),
  ...(bounds.steps.length > 0 ? [steps(cells, bounds)] : []),
  ...(bounds.steps.some(({ _tag }) => _tag === "MoveTablet") ? [moves(cells, bounds)] : [])
]

/** The first command: the tables of the bounds, their views, and the tasks for these. The node has it at once. */
const begins = (cells: WorkerCells, bounds: WorkerBounds) =>
  on(
    "group 0 says what there is",
    { actor: "group 0", fair: "weak", reads: [cells.head, cells.node] },
    (head, node): Firings => {
      if (head.at > 0) return []
      const said = firstSaid(bounds)
      const firing = committing(cells, head, operator, { _tag: "Unrelated" }, said)
      const at = appended(cells, head.at, said).at
      return [
        {
          labels: [...firing.labels, { _tag: "Applied", node: home, at }],
          writes: [...firing.writes, write(cells.node, { ...node, at, state: said.state })]
        }
      ]
    }
  )

const picks = (cells: WorkerCells) =>
  on(
    "a base comes in hand",
    { actor: "coordinator", fair: "none", reads: [cells.head, cells.term] },
    (head, term): Firings => {
      const next = picked(head.metadata)
      return next === undefined ? [] : [committing(cells, head, { _tag: "Coordinator", term }, next.change, next.said)]
    }
  )

const updates = (cells: WorkerCells) =>
  on(
    "statuses are updated",
    { actor: "coordinator", fair: "none", reads: [cells.head, cells.term] },
    (head, term): Firings => {
      const next = updated(head.metadata)
      return next === null ? [] : [committing(cells, head, { _tag: "Coordinator", term }, next.change, next.said)]
    }
  )

/** The variant of 2025: what is to be done next is written down before anybody is asked. */
const starts = (cells: WorkerCells, { id }: SiteShard) =>
  on(
    `tasks are started on ${id}`,
    { actor: "coordinator", fair: "none", reads: [cells.head, cells.term, cells.desk] },
    (head, term, desk): Firings => {
      const { state } = head.metadata
      const replica = { node: home, shard: id }
      const tasks = startedOn(state, replica).length > 0 ? [] : selected(state, replica, desk.finished)
      const change: Change = { _tag: "StartTasks", tasks }
      return tasks.length === 0
        ? []
        : [committing(cells, head, { _tag: "Coordinator", term }, change, started(head.metadata, tasks))]
    }
  )

/** What is not there any more needs no collecting: it is forgotten with what was. */
const collects = (cells: WorkerCells, _tag: "CollectTasks" | "FinishTasks") =>
  on(
    "finished tasks are collected",
    { actor: "coordinator", fair: "none", reads: [cells.head, cells.term, cells.desk] },
    (head, term, desk): Firings => {
      const next = collected(head.metadata, desk.finished)
      const forgotten = write(cells.desk, "collects")
      if (next === undefined) return desk.finished.length === 0 ? [] : [{ labels: [], writes: [forgotten] }]
      const change: Change = { _tag, tasks: next.tasks }
      return [committing(cells, head, { _tag: "Coordinator", term }, change, next.said, forgotten)]
    }
  )

// ---- operators, and tablets ---------------------------------------------------------------------------------------

/** The next step, when it can be taken. */
const steps = (cells: WorkerCells, bounds: WorkerBounds) =>
  on(
    "the next step is taken",
    { actor: "operator", fair: "none", reads: [cells.head, cells.term, cells.steps] },
    (head, term, taken): Firings => {
      const step = bounds.steps[taken]
      const next = step === undefined || head.at === 0 ? undefined : after(head.metadata, step)
      if (next === undefined || step === undefined) return []
      const by: Committer =
        step._tag === "MoveTablet" || step._tag === "SplitTablets" ? { _tag: "Coordinator", term } : operator
      return [committing(cells, head, by, next.change, next.said, write(cells.steps, taken + 1))]
    }
  )

const after = (said: Said, step: Step): SceneStep | undefined => {
  switch (step._tag) {
    case "CreateView":
      return viewCreated(said, TableId.make(step.base), ViewId.make(step.view))
    case "DropView":
      return viewDropped(said, ViewId.make(step.view))
    case "DropTable":
      return tableDropped(said, TableId.make(step.base))
    case "MoveTablet":
      return moveBegun(said, TableId.make(step.base))
    case "SplitTablets":
      return tabletsSplit(said, TableId.make(step.base))
  }
}

/** A tablet that has set out comes back, or goes on; it has gone once its data here is dropped. */
const moves = (cells: WorkerCells, bounds: WorkerBounds) => {
  const bases = bounds.steps.flatMap((step) => (step._tag === "MoveTablet" ? [TableId.make(step.base)] : []))
  return on(
    "a tablet moves on",
    { actor: "tablets", fair: "none", reads: [cells.head, cells.term, ...cells.shards.map(({ store }) => store)] },
    (head, term, ...stores): Firings => {
      const said = head.metadata
      return bases.flatMap((base) => {
        const isClean = cells.shards.every(
          ({ id }, k) => !hasFirstTablet(said, base, id) || !holdsAny(stores[k]!, base)
        )
        return waysOn(said, base, isClean).map((way) =>
          committing(cells, head, { _tag: "Coordinator", term }, way.change, way.said)
        )
      })
    }
  )
}
