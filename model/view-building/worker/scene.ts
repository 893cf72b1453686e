/** What group 0 says around a worker, and how operators, coordinators and tablets change it. All of it is as the reference has it. */
import { NodeId, type Replica, type ShardId, sameReplica } from "../../../spec/metadata.ts"
import { TableId, type TaskId, type Token, ViewId } from "../../../spec/view-building/ids.ts"
import { type BuildingState, isBuilt, type Table, type Task, tableOf } from "../../../spec/view-building/metadata.ts"
import type { WorkerBounds } from "./bounds.ts"

/** What group 0 says, and the last id that a task was given. */
export interface Said {
  readonly state: BuildingState
  readonly lastTask: TaskId
}

export const home = NodeId.make("A")
export const elsewhere: Replica = { node: NodeId.make("B"), shard: 0 as ShardId }

/** The last tokens of a table's tablets are a span apart, so that each can be split. */
export const span = 4

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

const withTables = ({ state, lastTask }: Said, tables: ReadonlyArray<Table>): Said => ({
  state: { ...state, tables },
  lastTask
})

export const withTasks = ({ state, lastTask }: Said, tasks: ReadonlyArray<Task>): Said => ({
  state: { ...state, tasks },
  lastTask
})

/** The same with more tasks, alive and under fresh ids. */
export const making = (said: Said, tasks: ReadonlyArray<Omit<Task, "id" | "state">>): Said => ({
  state: {
    ...said.state,
    tasks: [
      ...said.state.tasks,
      ...tasks.map((task, k): Task => ({ ...task, id: (said.lastTask + k + 1) as TaskId, state: "alive" }))
    ]
  },
  lastTask: (said.lastTask + tasks.length) as TaskId
})

export const changingTable = (said: Said, base: TableId, change: (table: Table) => Table): Said =>
  withTables(
    said,
    said.state.tables.map((table) => (table.base === base ? change(table) : table))
  )

export const viewCreated = (said: Said, base: TableId, view: ViewId): Said => {
  const table = tableOf(said.state, base)
  const there = changingTable(said, base, (was) => ({ ...was, views: [...was.views, view].sort() }))
  return making(
    there,
    (table?.tablets ?? []).flatMap(({ lastToken, replicas }) =>
      replicas.map((replica) => ({ type: "build_range", base, view, replica, lastToken }) as const)
    )
  )
}

/** The tables of the bounds with their views, and a task for each of these unless they are built. */
export const firstSaid = ({ tables }: WorkerBounds): Said =>
  tables.reduce(
    (said, { base, views, built = false }) =>
      views.reduce((now, name) => {
        const view = ViewId.make(name)
        const there = viewCreated(now, TableId.make(base), view)
        return built ? isThrough(there, view) : there
      }, said),
    withTables(
      emptySaid,
      tables.map(({ base, shards }) => ({
        base: TableId.make(base),
        views: [],
        tablets: shards.map((shard, k) => ({
          lastToken: (span * (k + 1)) as Token,
          replicas: [{ node: home, shard: shard as ShardId }],
          transition: null
        }))
      }))
    )
  )

const isThrough = (said: Said, view: ViewId): Said => {
  const { state } = said
  const rows = state.normal.map((node) => ({ view, node, status: "SUCCESS" as const }))
  const tasks = state.tasks.filter((task) => task.view !== view)
  return { ...said, state: { ...state, tasks, statuses: sorted([...state.statuses, ...rows]) } }
}

export const viewDropped = (said: Said, view: ViewId): Said => {
  const { state } = said
  const left = withTables(
    said,
    state.tables.map((table) => ({ ...table, views: table.views.filter((other) => other !== view) }))
  )
  return {
    ...left,
    state: {
      ...left.state,
      tasks: state.tasks.filter((task) => task.view !== view),
      statuses: state.statuses.filter((row) => row.view !== view)
    }
  }
}

export const tableDropped = (said: Said, base: TableId): Said => {
  const views = tableOf(said.state, base)?.views ?? []
  const bare = views.reduce(viewDropped, said)
  return withTasks(
    withTables(
      bare,
      bare.state.tables.filter((table) => table.base !== base)
    ),
    bare.state.tasks.filter((task) => task.base !== base)
  )
}

// ---- coordinators -------------------------------------------------------------------------------------------------

const firstBase = ({ tasks }: BuildingState): TableId | undefined => {
  const bases = [...new Set(tasks.map(({ base }) => base))].sort()
  return bases.find((base) => tasks.every((task) => task.base !== base || task.type === "process_staging")) ?? bases[0]
}

/** A base comes in hand where none is and one has tasks. */
export const picked = (said: Said): { readonly base: TableId; readonly said: Said } | undefined => {
  const { state } = said
  const base = state.processing === null ? firstBase(state) : undefined
  if (base === undefined) return undefined
  return { base, said: started({ ...said, state: { ...state, processing: base } }, base) }
}

const started = (said: Said, base: TableId): Said => {
  const { state } = said
  const missing = (tableOf(state, base)?.views ?? []).flatMap((view) =>
    state.normal
      .filter((node) => !state.statuses.some((row) => row.view === view && row.node === node))
      .map((node) => ({ view, node, status: "STARTED" as const }))
  )
  return { ...said, state: { ...state, statuses: sorted([...state.statuses, ...missing]) } }
}

const sorted = (rows: BuildingState["statuses"]): BuildingState["statuses"] =>
  [...rows].sort((one, other) => (`${one.view} ${one.node}` < `${other.view} ${other.node}` ? -1 : 1))

export interface Updated {
  readonly base: TableId
  readonly built: ReadonlyArray<ViewId>
  readonly over: boolean
  readonly said: Said
}

/** Views of the base in hand that nothing is left to be done for are built, new ones are started, and it goes out of hand when it has no tasks. */
export const updated = (said: Said): Updated | undefined => {
  const { state } = said
  const base = state.processing
  if (base === null) return undefined
  const mine = state.tasks.filter((task) => task.base === base)
  const views = tableOf(state, base)?.views ?? []
  const built = mine.some(({ type }) => type === "process_staging")
    ? []
    : views.filter((view) => !isBuilt(state, view) && !mine.some((task) => task.view === view))
  const over = mine.length === 0
  const rows = started(said, base).state.statuses.map((row) =>
    built.includes(row.view) ? { ...row, status: "SUCCESS" as const } : row
  )
  const next: BuildingState = { ...state, statuses: rows, processing: over ? null : base }
  return JSON.stringify(next) === JSON.stringify(state)
    ? undefined
    : { base, built, over, said: { ...said, state: next } }
}

/** Tasks that were done go, if they are there and not aborted. */
export const collected = (
  said: Said,
  finished: ReadonlyArray<TaskId>
): { readonly tasks: ReadonlyArray<TaskId>; readonly said: Said } | undefined => {
  const { tasks } = said.state
  const gone = tasks.filter(({ id, state }) => finished.includes(id) && state !== "aborted").map(({ id }) => id)
  if (gone.length === 0) return undefined
  const left = tasks.filter(({ id }) => !gone.includes(id))
  const minTask = left[0]?.id ?? ((said.lastTask + 1) as TaskId)
  return {
    tasks: gone,
    said: { lastTask: Math.max(said.lastTask, minTask) as TaskId, state: { ...said.state, tasks: left, minTask } }
  }
}

/** What a coordinator asks of a replica: of the first tablet in no transition all that is to be built, or else staging. */
export const selected = (
  state: BuildingState,
  replica: Replica,
  finished: ReadonlyArray<TaskId>
): ReadonlyArray<TaskId> => {
  const table = state.processing === null ? undefined : tableOf(state, state.processing)
  if (table === undefined) return []
  const mine = state.tasks.filter(
    (task) => task.base === table.base && sameReplica(task.replica, replica) && !finished.includes(task.id)
  )
  const first = table.tablets.find(
    ({ lastToken, transition }) => transition === null && mine.some((task) => task.lastToken === lastToken)
  )
  const alive = mine.filter((task) => task.lastToken === first?.lastToken && task.state === "alive")
  const builds = alive.filter(({ type }) => type === "build_range")
  return (builds.length > 0 ? builds : alive).map(({ id }) => id)
}

/** The same for the variant of 2025: what group 0 says was started comes first, and nothing else is asked before it is over. */
export const startedOn = ({ tasks, processing }: BuildingState, replica: Replica): ReadonlyArray<TaskId> =>
  tasks
    .filter((task) => task.base === processing && task.state === "started" && sameReplica(task.replica, replica))
    .map(({ id }) => id)

/** Group 0 is told that these tasks were started (2025). */
export const tasksStarted = (said: Said, started: ReadonlyArray<TaskId>): Said =>
  withTasks(
    said,
    said.state.tasks.map((task) => (started.includes(task.id) ? { ...task, state: "started" } : task))
  )
