/** What one incarnation of the topology coordinator knows. All of it is lost with the incarnation. Source: dossier sessions 1.4. */
import type { SessionId } from "../../../spec/sessions/ids.ts"
import type { Command, Operation } from "../../../spec/sessions/messages.ts"
import type { Metadata, NodeId, Position, Stage, TabletId, Term, Version } from "../../../spec/sessions/metadata.ts"

/** How far something that runs beside the pump has come. A failed action is started again when the pump comes by. */
export type Action = RunningAction | { readonly state: "failed" } | { readonly state: "succeeded" }

/** Several nodes are asked at once, and for the tables of a tablet one after the other. */
export interface RunningAction {
  readonly state: "running"
  readonly operation: Operation
  /** The session that its triggers name, null where they name none. */
  readonly session: SessionId | null
  readonly nodes: ReadonlyArray<NodeId>
  /** Triggers that nobody has answered yet. */
  readonly waiting: ReadonlyArray<{ readonly call: number; readonly node: NodeId }>
  /** Whether a trigger has failed. The action has failed when the others are answered. */
  readonly failed: boolean
  /** Tables whose turn comes when this one's is over. */
  readonly rest: ReadonlyArray<TabletId>
}

/** What was done for a stage of a tablet's transition. */
export interface StageActions {
  readonly tablet: TabletId
  readonly stage: Stage
  readonly barrier: "failed" | "succeeded" | null
  readonly task: Action | null
}

/** Who asked for a barrier. */
export interface Ask {
  readonly tablet: TabletId
  readonly stage: Stage
}

/** A barrier that is going on. */
export interface Barrier {
  readonly index: number
  readonly command: Command
  readonly version: Version
  readonly waiting: ReadonlyArray<NodeId>
  readonly failed: boolean
  readonly asks: ReadonlyArray<Ask>
}

/** Changes computed from what group 0 said at `seen`, and who wants a barrier once they are committed. */
export interface Plan {
  readonly seen: Position
  readonly metadata: Metadata
  readonly asks: ReadonlyArray<Ask>
  /** Tablets whose transitions end with these changes. */
  readonly over: ReadonlyArray<TabletId>
}

export interface Coordinator {
  readonly term: Term
  /** False until its first commit, which takes away the right to commit from every coordinator before it. */
  readonly fenced: boolean
  /** The index of its last command. */
  readonly index: number
  /** The number of its last trigger. */
  readonly call: number
  readonly plan: Plan | null
  readonly barrier: Barrier | null
  readonly actions: ReadonlyArray<StageActions>
}

export const newCoordinator = (term: Term): Coordinator => ({
  term,
  fenced: false,
  index: 0,
  call: 0,
  plan: null,
  barrier: null,
  actions: []
})

/**
 * Numbers of triggers begin again after so many, so that trying again for ever comes back to where it was.
 *
 * No number is in use twice: whoever tries again has heard of the last attempt, and what may still answer for an older one
 * is bounded by the faults of a scope, of which no scope has half as many.
 */
const mostCalls = 8

export const nextCall = ({ call }: Pick<Coordinator, "call">): number => (call % mostCalls) + 1

/** Triggers that a coordinator waits for the answers of. */
export const waitingFor = ({ actions }: Coordinator): RunningAction["waiting"] =>
  actions.flatMap(({ task }) => (task?.state === "running" ? task.waiting : []))

const idle = { barrier: null, task: null } as const

export const actionsOf = (
  { actions }: Coordinator,
  tablet: TabletId,
  stage: Stage
): Pick<StageActions, "barrier" | "task"> =>
  actions.find((known) => known.tablet === tablet && known.stage === stage) ?? idle

/** The same coordinator with something noted about a stage of a tablet's transition. */
export const noting = (
  now: Coordinator,
  tablet: TabletId,
  stage: Stage,
  change: Partial<Pick<StageActions, "barrier" | "task">>
): Coordinator => {
  const known = { tablet, stage, ...actionsOf(now, tablet, stage), ...change }
  const others = now.actions.filter((other) => other.tablet !== tablet || other.stage !== stage)
  return { ...now, actions: [...others, known] }
}

/** The same coordinator without what it did for a transition that is over. */
export const forgetting = (now: Coordinator, tablet: TabletId): Coordinator => ({
  ...now,
  actions: now.actions.filter((known) => known.tablet !== tablet)
})

/** The same coordinator with the results of barriers for a transition that is over, and nothing else of it. */
export const forgettingTasks = (now: Coordinator, tablet: TabletId): Coordinator => ({
  ...now,
  actions: now.actions.map((known) => (known.tablet === tablet ? { ...known, task: null } : known))
})
