/** What the shards of a node have in common: what it has applied, its observer, and its registrator, all on shard 0. */
import type { NodeId, Position, ShardId } from "../../../spec/metadata.ts"
import type { SstableId, TableId, TaskId, Token, ViewId } from "../../../spec/view-building/ids.ts"
import { type BuildingState, isBuilt, type Task } from "../../../spec/view-building/metadata.ts"
import type { Cell } from "../../kernel/cell.ts"
import type { Listed } from "./state.ts"
import { isOf, type Part, type Rewritten } from "./store.ts"
import type { WorkerVariant } from "./variant.ts"

/** A staging sstable that waits to be registered (R1). */
export interface Queued {
  readonly sstable: SstableId
  readonly base: TableId
  readonly shard: ShardId
  /** The last of its rows' tokens. */
  readonly token: Token
  /** The tablet that it belonged to as it came. */
  readonly lastToken: Token
}

/** What the registrator is about to do with all that was queued when it took its guard (R2). */
export interface Registering {
  /** What group 0 said then. */
  readonly at: Position
  readonly creates: ReadonlyArray<Task>
  readonly uses: ReadonlyArray<{ readonly sstable: SstableId; readonly task: TaskId }>
  /** Sstables of tables that are gone. */
  readonly forgets: ReadonlyArray<SstableId>
  /** Where its command went; null until it was effective. */
  readonly committed: Position | null
}

export interface Node {
  readonly node: NodeId
  /** What this node has applied of group 0. Kept on disk. */
  readonly at: Position
  readonly state: BuildingState
  /** How far the observer has looked. */
  readonly looked: Position
  /** The shards that it has yet to look at in this round, next first, and what was applied when the round began; null between two. */
  readonly looking: { readonly left: ReadonlyArray<ShardId>; readonly at: Position } | null
  /** The node's own table of built views (O2). Kept on disk. */
  readonly built: ReadonlyArray<ViewId>
  readonly drained: boolean
  /** False while it is down. */
  readonly up: boolean
  readonly queue: ReadonlyArray<Queued>
  /** Staging tasks that a batch has chosen for (S16), in order. */
  readonly started: ReadonlyArray<TaskId>
  /** Staging tasks that this registrator has made, in order. */
  readonly own: ReadonlyArray<TaskId>
  readonly registering: Registering | null
  /** Whether anything was queued that the registrator sleeps through, for designs in which it may. */
  readonly missed: boolean
  /** The registrator has given up, for designs in which it may. */
  readonly gaveUp: boolean
}

/** What happens to a node: it has become another, a file waits to be registered, or data is gone, or it falls and finds files that wait. */
export type NodeOp =
  | Node
  | { readonly queues: Queued }
  | { readonly forgets: Part; readonly on: ShardId; readonly cleansUp: WorkerVariant["cleansUp"] }
  | { readonly falls: ReadonlyArray<Queued> }
  | { readonly rewrites: Rewritten }
  | "goesDown"

export const nodeCell = (name: string, init: Node): Cell<Node, NodeOp> => ({
  name,
  init,
  apply: (node, op) => {
    if (op === "goesDown") return { ...fallen(node), up: false }
    if ("falls" in op) return { ...fallen(node), queue: op.falls }
    if ("queues" in op) return { ...node, queue: [...node.queue, op.queues], missed: false }
    if ("rewrites" in op) return rewritten(node, op.rewrites)
    if (!("forgets" in op)) return op
    const { forgets, on, cleansUp } = op
    const isGone = ({ base, shard, token }: Queued): boolean =>
      isOf(base, token, forgets) && (cleansUp === "everyShard" || shard === on)
    return cleansUp === "listOnly" ? node : { ...node, queue: node.queue.filter((entry) => !isGone(entry)) }
  }
})

const rewritten = (node: Node, { sstable, by }: Rewritten): Node => {
  const { registering } = node
  const named = <A extends { readonly sstable: SstableId }>(one: A): A =>
    one.sstable === sstable ? { ...one, sstable: by } : one
  return {
    ...node,
    queue: node.queue.map(named),
    registering: registering === null ? null : { ...registering, uses: registering.uses.map(named) }
  }
}

export const newNode = (node: NodeId, at: Position, state: BuildingState): Node => ({
  node,
  at,
  state,
  looked: at,
  looking: null,
  built: [],
  drained: false,
  up: true,
  queue: [],
  started: [],
  own: [],
  registering: null,
  missed: false,
  gaveUp: false
})

/** What a list keeps of an sstable that has waited. */
export const toList = ({ sstable, base, token, lastToken }: Queued, { finds }: WorkerVariant): Listed =>
  finds === "byToken" ? { sstable, base, token } : { sstable, base, token, lastToken }

/** What is left of it after a fall. It looks at everything anew. */
export const fallen = (node: Node): Node => ({
  ...newNode(node.node, node.at, node.state),
  looked: 0 as Position,
  built: node.built
})

/** The views that a node takes for built (O2). */
export const builtIn = (state: BuildingState, node: NodeId, { notes }: WorkerVariant): ReadonlyArray<ViewId> => {
  const isIdle = (view: ViewId): boolean =>
    !state.tasks.some((task) => task.view === view && task.replica.node === node)
  return state.tables
    .flatMap(({ views }) => views)
    .filter((view) => (notes === "everyStatus" ? isBuilt(state, view) : isIdle(view)))
    .sort()
}

/** Whether the node may apply what group 0 says: not while its observer keeps it from that (L7). */
export const mayApply = ({ looking }: Node, { observer }: WorkerVariant): boolean =>
  observer === "copies" || looking === null

/** Whether somebody else has the mutex of what was started: the registrator, for designs that keep it across a commit. */
export const isStartedLocked = ({ registering }: Node, { startedMutex }: WorkerVariant): boolean =>
  startedMutex === "acrossCommit" && registering !== null && registering.committed !== null

/** In order, and each once. */
export const joining = (all: ReadonlyArray<TaskId>, more: ReadonlyArray<TaskId>): ReadonlyArray<TaskId> =>
  [...new Set([...all, ...more])].sort((one, other) => one - other)
