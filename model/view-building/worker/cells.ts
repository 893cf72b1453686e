/** The cells of a node's workers and of what surrounds them. */
import { type Position, ShardId } from "../../../spec/metadata.ts"
import { group0Cells } from "../../group0/log.ts"
import { budget, register } from "../../kernel/cell.ts"
import type { Said } from "../said.ts"
import type { WorkerBounds } from "./bounds.ts"
import { deskCell } from "./desk.ts"
import { newNode, nodeCell } from "./node.ts"
import { emptySaid, home } from "./scene.ts"
import type { SiteShard } from "./site.ts"
import { shardCell } from "./state.ts"
import { storeCell } from "./store.ts"

export const workerCells = (bounds: WorkerBounds) => {
  const group0 = group0Cells<Said>(emptySaid, { keeps: 1 })
  return {
    ...group0,
    desk: deskCell,
    node: nodeCell("node", newNode(home, 0 as Position, emptySaid.state)),
    shards: Array.from({ length: bounds.shards }, (_, k): SiteShard => {
      const id = ShardId.make(k)
      return { id, place: `${k}`, shard: shardCell(`shard ${k}`, home, id), store: storeCell(`store ${k}`) }
    }),
    /** How many rows have set out, and how many steps were taken. */
    comings: register("comings", 0),
    steps: register("steps", 0),
    mayFail: budget("failures", bounds.failures),
    mayRestart: budget("restarts", bounds.restarts),
    mayFailOver: budget("failovers", bounds.failovers),
    mayCallLate: budget("late calls", bounds.lateCalls),
    mayTruncate: budget("truncations", bounds.truncations),
    mayDrain: budget("drains", bounds.drains),
    mayStop: budget("stops of the view update generator", bounds.stops)
  }
}

export type WorkerCells = ReturnType<typeof workerCells>

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
  cells.mayDrain,
  cells.mayStop
]
