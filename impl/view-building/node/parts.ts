import type { NodeId, ShardId } from "../../../spec/metadata.ts"
import type { Feature } from "../../../spec/view-building/metadata.ts"
import type { Clock } from "../../runtime/clock.ts"
import type { Injections } from "../../runtime/injections.ts"
import type { Turn } from "../../runtime/turn.ts"
import type { Changes } from "../changes/changes.ts"
import type { CoordinatorOptions } from "../coordinator/options.ts"
import type { Group0 } from "../group0/group0.ts"
import type { Journal } from "../journal.ts"
import type { Network } from "../network/network.ts"
import type { NodeStore } from "../storage/node-store.ts"
import type { WorkerOptions } from "../worker/options.ts"

/** What a node is made of. */
export interface NodeParts {
  readonly self: NodeId
  readonly shards: ReadonlyArray<ShardId>
  readonly group0: Group0
  readonly network: Network
  readonly store: NodeStore
  readonly clock: Clock
  readonly injections: Injections
  readonly turn: Turn
  readonly tell: Journal
  readonly worker: WorkerOptions
  readonly coordinator: CoordinatorOptions
  readonly changes: Changes
  /** What this node's release knows: a node that does not know of tasks cannot apply what is said of them. */
  readonly knows: ReadonlyArray<Feature>
  /** How often this node was started: sstables that it writes are named after it. */
  readonly incarnation: number
  /** Is told of what nobody foresaw. */
  readonly failed: (error: unknown) => void
}
