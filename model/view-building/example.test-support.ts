/** A small state of group 0 for tests: a base with tablets on places, and tasks for it. */
import { NodeId, type Replica, ShardId } from "../../spec/metadata.ts"
import { TableId, TaskId, Token, ViewId } from "../../spec/view-building/ids.ts"
import type { BuildingState, Tablet, Task } from "../../spec/view-building/metadata.ts"
import type { Said } from "./said.ts"

export const place = (text: string): Replica => ({
  node: NodeId.make(text.slice(0, 1)),
  shard: ShardId.make(Number(text.slice(2)))
})

export const base = TableId.make("t")
export const view = ViewId.make("v")

export const tablet = (lastToken: number, ...at: ReadonlyArray<string>): Tablet => ({
  lastToken: Token.make(lastToken),
  replicas: at.map(place),
  transition: null
})

/** A task that builds v, unless told otherwise. */
export const task = (id: number, at: string, lastToken: number, change: Partial<Task> = {}): Task => ({
  id: TaskId.make(id),
  type: "build_range",
  state: "alive",
  base,
  view,
  replica: place(at),
  lastToken: Token.make(lastToken),
  ...change
})

export const said = (
  tablets: ReadonlyArray<Tablet>,
  tasks: ReadonlyArray<Task>,
  change: Partial<BuildingState> = {}
): Said => ({
  state: {
    tasks,
    minTask: null,
    processing: null,
    statuses: [],
    tables: [{ base, views: [view], tablets }],
    nodes: [NodeId.make("A"), NodeId.make("B")],
    normal: [NodeId.make("A"), NodeId.make("B")],
    ...change
  },
  lastTask: TaskId.make(Math.max(0, ...tasks.map(({ id }) => id)))
})

/** Tasks in a word each: `3!@B.0/8` is an aborted one of that id, for tablet 8 on B.0. */
export const shown = ({ state: { tasks } }: Said): ReadonlyArray<string> =>
  tasks.map(
    ({ id, state, type, replica, lastToken }) =>
      `${id}${state === "aborted" ? "!" : ""}${type === "build_range" ? "" : "s"}@${replica.node}.${replica.shard}/${lastToken}`
  )
