import { type NodeId, type Replica, sameReplica } from "../../../spec/metadata.ts"
import { TaskId, type Token, type ViewId } from "../../../spec/view-building/ids.ts"
import {
  type BuildingState,
  type BuildStatus,
  type Feature,
  type StatusRow,
  type Table,
  type Tablet,
  type Task,
  tableOf
} from "../../../spec/view-building/metadata.ts"
import type { Said } from "../group0/group0.ts"

/** What is to be done where, without an id and how it stands. */
export type NewTask = Pick<Task, "type" | "base" | "view" | "replica" | "lastToken">

/** One command in the making: what group 0 is to say after it. */
export class Draft {
  readonly before: BuildingState
  tasks: Task[]
  statuses: StatusRow[]
  tables: Table[]
  nodes: NodeId[]
  normal: NodeId[]
  minTask: TaskId | null
  processing: BuildingState["processing"]
  features: ReadonlyArray<Feature> | undefined
  #lastTask: TaskId

  constructor({ state, lastTask }: Said) {
    this.before = state
    this.tasks = [...state.tasks]
    this.statuses = [...state.statuses]
    this.tables = [...state.tables]
    this.nodes = [...state.nodes]
    this.normal = [...state.normal]
    this.minTask = state.minTask
    this.processing = state.processing
    this.features = state.features
    this.#lastTask = lastTask
  }

  /** What group 0 is to say. */
  get said(): Said {
    const { tasks, statuses, tables, nodes, normal, minTask, processing } = this
    const byId = [...tasks].sort((one, other) => one.id - other.id)
    const byView = [...statuses].sort((one, other) =>
      one.view === other.view ? compare(one.node, other.node) : compare(one.view, other.view)
    )
    const byName = [...tables].sort((one, other) => compare(one.base, other.base))
    const state = { ...this.before, tasks: byId, statuses: byView, tables: byName, nodes, normal, minTask, processing }
    const { features } = this
    return { state: features === undefined ? state : { ...state, features }, lastTask: this.#lastTask }
  }

  has(feature: Feature): boolean {
    return this.features === undefined || this.features.includes(feature)
  }

  /** The id that is used next. */
  protected get nextTask(): TaskId {
    return TaskId.make(this.#lastTask + 1)
  }

  /** An id that was never used, and is behind all that were: as the least that is looked at, it is before whatever comes (M25). */
  freshId(): TaskId {
    this.#lastTask = this.nextTask
    return this.#lastTask
  }

  /** Adds a row under an id that was never used. */
  add(task: NewTask): TaskId {
    const id = this.freshId()
    this.tasks.push({ ...task, id, state: "alive" })
    return id
  }

  remove(isGone: (task: Task) => boolean): void {
    this.tasks = this.tasks.filter((task) => !isGone(task))
  }

  /** Deletes rows and makes each anew, somewhere or as it was: an id that was aborted is never alive again (S5, M55). */
  renew(isMeant: (task: Task) => boolean, change: (task: Task) => NewTask = (task) => task): void {
    const old = this.tasks.filter(isMeant)
    this.remove(isMeant)
    for (const task of old) {
      const { type, base, view, replica, lastToken } = change(task)
      this.add({ type, base, view, replica, lastToken })
    }
  }

  setStatus(view: ViewId, node: NodeId, status: BuildStatus): void {
    this.statuses = this.statuses.filter((row) => row.view !== view || row.node !== node)
    this.statuses.push({ view, node, status })
  }

  setTable(table: Table): void {
    this.tables = [...this.tables.filter(({ base }) => base !== table.base), table]
  }

  table(base: Table["base"]): Table | undefined {
    return this.tables.find((table) => table.base === base)
  }

  setTablet(base: Table["base"], lastToken: Token, change: (tablet: Tablet) => Tablet): void {
    const table = this.table(base)
    if (table === undefined) return
    const tablets = table.tablets.map((tablet) => (tablet.lastToken === lastToken ? change(tablet) : tablet))
    this.setTable({ ...table, tablets })
  }
}

export const isAt =
  (base: Table["base"], lastToken: Token, replica: Replica) =>
  (task: Task): boolean =>
    task.base === base && task.lastToken === lastToken && sameReplica(task.replica, replica)

export const viewsOf = (state: BuildingState, base: Table["base"]): ReadonlyArray<ViewId> =>
  tableOf(state, base)?.views ?? []

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
