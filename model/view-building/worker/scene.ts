/** What group 0 says around a worker, and how operators and coordinators change it. All of it is as the reference has it. */
import { NodeId, type Replica, type ShardId } from "../../../spec/metadata.ts"
import { TableId, type TaskId, type Token, ViewId } from "../../../spec/view-building/ids.ts"
import type { Change } from "../../../spec/view-building/messages.ts"
import type { BuildingState } from "../../../spec/view-building/metadata.ts"
import * as schema from "../changes/schema.ts"
import { collected as collectedOf } from "../coordinator/collecting.ts"
import { startedAt } from "../coordinator/progress.ts"
import { nextBase, selected as selectedOf } from "../coordinator/selecting.ts"
import { picked as pickedOf, updated as updatedOf } from "../coordinator/statuses.ts"
import { changed, type Said, without } from "../said.ts"
import { reference } from "../variant.ts"
import type { WorkerBounds } from "./bounds.ts"

export const home = NodeId.make("A")
export const elsewhere: Replica = { node: NodeId.make("B"), shard: 0 as ShardId }

/** The last tokens of a table's tablets are a span apart, so that each can be split. */
const span = 4

export const emptySaid: Said = {
  state: {
    tasks: [],
    minTask: null,
    processing: null,
    statuses: [],
    tables: [],
    nodes: [home, elsewhere.node],
    normal: [home, elsewhere.node]
  },
  lastTask: 0 as TaskId
}

/** A change of group 0, and what it says then. */
export interface Step {
  readonly change: Change
  readonly said: Said
}

export const viewCreated = (said: Said, base: TableId, view: ViewId): Step => ({
  change: { _tag: "CreateView", base, view, empty: false },
  said: schema.viewCreated(reference, said, base, view, false)
})

export const viewDropped = (said: Said, view: ViewId): Step => ({
  change: { _tag: "DropView", view },
  said: schema.viewDropped(reference, said, view)
})

export const tableDropped = (said: Said, base: TableId): Step => ({
  change: { _tag: "DropKeyspace", bases: [base] },
  said: schema.keyspaceDropped(reference, said, [base])
})

/** The tables of the bounds with their views, and a task for each of these unless they are built. */
export const firstSaid = ({ tables }: WorkerBounds): Said =>
  tables.reduce(
    (said, { base, views, built = false }) =>
      views.reduce((now, name) => {
        const view = ViewId.make(name)
        const { said: there } = viewCreated(now, TableId.make(base), view)
        return built ? isThrough(there, view) : there
      }, said),
    changed(emptySaid, {
      tables: tables.map(({ base, shards }) => ({
        base: TableId.make(base),
        views: [],
        tablets: shards.map((shard, k) => ({
          lastToken: (span * (k + 1)) as Token,
          replicas: [{ node: home, shard: shard as ShardId }],
          transition: null
        }))
      }))
    })
  )

const isThrough = (said: Said, view: ViewId): Said => {
  const { statuses, normal } = said.state
  const rows = normal.map((node) => ({ view, node, status: "SUCCESS" as const }))
  const done = without(said, (task) => task.view === view)
  return changed(done, { statuses: schema.sortedStatuses([...statuses, ...rows]) })
}

// ---- coordinators -------------------------------------------------------------------------------------------------

/** A base comes in hand where none is and one has tasks. */
export const picked = (said: Said): Step | undefined => {
  const base = said.state.processing === null ? nextBase(said.state) : undefined
  return base === undefined ? undefined : { change: { _tag: "PickBase", base }, said: pickedOf(reference, said, base) }
}

/** Views of the base in hand that nothing is left to be done for are built, new ones are started, and it goes out of hand when it has no tasks. */
export const updated = (said: Said): Step | null => {
  const { processing } = said.state
  return processing === null ? null : updatedOf(reference, said, processing, [])
}

/** Tasks that were done go, if they are there and not aborted. */
export const collected = (
  said: Said,
  finished: ReadonlyArray<TaskId>
): { readonly tasks: ReadonlyArray<TaskId>; readonly said: Said } | undefined => {
  const tasks = said.state.tasks
    .filter(({ id, state }) => finished.includes(id) && state !== "aborted")
    .map(({ id }) => id)
  return tasks.length === 0 ? undefined : { tasks, said: collectedOf(reference, said, tasks) }
}

/** What a coordinator asks of a replica. */
export const selected = (
  state: BuildingState,
  replica: Replica,
  finished: ReadonlyArray<TaskId>
): ReadonlyArray<TaskId> =>
  state.processing === null ? [] : selectedOf(reference, state, state.processing, replica, finished)

/** The same for the variant of 2025: what group 0 says was started comes first, and nothing else is asked before it is over. */
export const startedOn = (state: BuildingState, replica: Replica): ReadonlyArray<TaskId> =>
  state.processing === null ? [] : startedAt(state, state.processing, replica)
