/** A coordinator asks nodes for a stage's operation, and hears what became of it: all nodes at once, and one table after the other. */
import type { SessionId } from "../../../spec/sessions/ids.ts"
import type { Operation, Reason } from "../../../spec/sessions/messages.ts"
import type { NodeId, Stage, TabletId } from "../../../spec/sessions/metadata.ts"
import { type Coordinator, nextCall, noting, type RunningAction, type StageActions } from "./coordinator-state.ts"
import type { CoordinatorOutput } from "./coordinator-words.ts"

type Trigger = Extract<CoordinatorOutput, { _tag: "Trigger" }>

/** A coordinator, and what it asks of nodes. */
export interface Asking {
  readonly next: Coordinator
  readonly triggers: ReadonlyArray<Trigger>
}

/** What is to be asked of whom in a stage, for these tables. */
export interface Order {
  readonly tablet: TabletId
  readonly stage: Stage
  readonly operation: Operation
  readonly session: SessionId | null
  readonly nodes: ReadonlyArray<NodeId>
  readonly tables: ReadonlyArray<TabletId>
}

/** Asks for the first of the tables. Source: service/topology_coordinator.cc handle_tablet_migration, `for (auto gid : gids)`. */
export const asking = (now: Coordinator, order: Order): Asking => {
  const { tablet, stage, operation, session, nodes, tables } = order
  const [table = tablet, ...rest] = tables
  let call = now.call
  const triggers = nodes.map((node): Trigger => {
    call = nextCall({ call })
    return { _tag: "Trigger", call, node, operation, tablet: table, ...(session === null ? {} : { session }) }
  })
  const waiting = triggers.map((trigger) => ({ call: trigger.call, node: trigger.node }))
  const task: RunningAction = { state: "running", operation, session, nodes, waiting, failed: false, rest }
  return { next: noting({ ...now, call }, tablet, stage, { task }), triggers }
}

/** A trigger was answered, or never will be. */
export const hearing = (now: Coordinator, call: number, reason: Reason | null): Asking => {
  const known = now.actions.find(({ task }) => waitsFor(task, call))
  if (known?.task?.state !== "running") return { next: now, triggers: [] }
  const { tablet, stage, task } = known
  const waiting = task.waiting.filter((other) => other.call !== call)
  const failed = task.failed || reason !== null
  if (waiting.length > 0)
    return { next: noting(now, tablet, stage, { task: { ...task, waiting, failed } }), triggers: [] }
  if (!failed && task.rest.length > 0) return asking(now, { tablet, stage, ...task, tables: task.rest })
  return { next: noting(now, tablet, stage, { task: { state: failed ? "failed" : "succeeded" } }), triggers: [] }
}

const waitsFor = (task: StageActions["task"], call: number): boolean =>
  task?.state === "running" && task.waiting.some((asked) => asked.call === call)
