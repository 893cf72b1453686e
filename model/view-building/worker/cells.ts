/** The cells of a node's workers and of what surrounds them. */
import { type Position, ShardId, type Term } from "../../../spec/metadata.ts"
import type { CallId, TaskId } from "../../../spec/view-building/ids.ts"
import { group0Cells } from "../../group0/log.ts"
import { budget, register } from "../../kernel/cell.ts"
import type { Said } from "../said.ts"
import type { WorkerBounds } from "./bounds.ts"
import { type Node, newNode } from "./node.ts"
import { emptySaid, home } from "./scene.ts"
import { freshShard, type Shard } from "./state.ts"
import { emptyStore, type Store } from "./store.ts"

/** A call that was not answered yet. */
export interface Out {
  readonly call: CallId
  readonly term: Term
  readonly shard: ShardId
}

/** What is known on the side of the coordinators. */
export interface Desk {
  /** The newest coordinator's. */
  readonly term: Term
  readonly out: ReadonlyArray<Out>
  /** What the newest coordinator was told to be done, and has not collected. */
  readonly finished: ReadonlyArray<TaskId>
}

export const workerCells = (bounds: WorkerBounds) => {
  const group0 = group0Cells<Said>(emptySaid, { keeps: 1 })
  return {
    ...group0,
    desk: register<Desk>("desk", { term: 1 as Term, out: [], finished: [] }),
    node: register<Node>("node", newNode(home, 0 as Position, emptySaid.state)),
    shards: Array.from({ length: bounds.shards }, (_, k) => {
      const shard = ShardId.make(k)
      return {
        id: shard,
        shard: register<Shard>(`shard ${k}`, freshShard(home, shard)),
        store: register<Store>(`store ${k}`, emptyStore)
      }
    }),
    /** How many rows have set out, and how many steps were taken. */
    comings: register("comings", 0),
    steps: register("steps", 0),
    mayFail: budget("failures", bounds.failures),
    mayRestart: budget("restarts", bounds.restarts),
    mayFailOver: budget("failovers", bounds.failovers),
    mayCallLate: budget("late calls", bounds.lateCalls),
    mayTruncate: budget("truncations", bounds.truncations),
    mayDrain: budget("drains", bounds.drains)
  }
}

export type WorkerCells = ReturnType<typeof workerCells>
export type ShardCells = WorkerCells["shards"][number]

export const listed = (cells: WorkerCells) => [
  cells.group0,
  cells.desk,
  cells.node,
  ...cells.shards.flatMap(({ shard, store }) => [shard, store]),
  cells.comings,
  cells.steps,
  cells.mayFail,
  cells.mayRestart,
  cells.mayFailOver,
  cells.mayCallLate,
  cells.mayTruncate,
  cells.mayDrain
]
