/** What the rules of a node's workers are made of, whoever else is around them. */
import type { NodeId, Position, ShardId } from "../../../spec/metadata.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { BuildingState } from "../../../spec/view-building/metadata.ts"
import type { Group0Cells } from "../../group0/log.ts"
import type { Cell, View, Write } from "../../kernel/cell.ts"
import { type Fairness, rulesOf } from "../../kernel/system.ts"
import type { Said } from "../said.ts"
import type { Variant } from "../variant.ts"
import type { Node, NodeOp } from "./node.ts"
import type { Call, Shard, ShardOp } from "./state.ts"
import type { Store, StoreOp } from "./store.ts"
import type { WorkerVariant } from "./variant.ts"

/** A shard with its worker, and what it holds of bases. */
export interface SiteShard {
  readonly id: ShardId
  /** How rules name it. */
  readonly place: string
  readonly shard: Cell<Shard, ShardOp>
  readonly store: Cell<Store, StoreOp>
}

/** What a node knows of group 0. */
export interface Known {
  readonly at: Position
  readonly state: BuildingState
}

export interface Site {
  readonly name: NodeId
  readonly variant: WorkerVariant
  /** How ids are given to tasks that the registrator makes. */
  readonly ids: Variant
  readonly group0: Pick<Group0Cells<Said>, "group0" | "head" | "term" | "after">
  readonly node: Cell<Node, NodeOp>
  readonly known: View<unknown, Known>
  /**
   * How a node follows group 0: later, so that it may be behind and its observer has yet to look; or at once, where that is left
   * out and the observer looks wherever it has something to do.
   */
  readonly follows: "later" | "atOnce"
  readonly shards: ReadonlyArray<SiteShard>
  /** Whether the node keeps a table of its own of the views that are built. */
  readonly notes: boolean
  /** Whether a rule has to fire in the end: what an assumption promises is fair until the assumption is switched off. */
  trusting(assumption: string): Fairness
  /** What becomes of the answers among these labels to calls that were on a shard. */
  answering(calls: ReadonlyArray<Call>, labels: ReadonlyArray<ViewBuildingLabel>): ReadonlyArray<Write>
}

export const on = rulesOf<ViewBuildingLabel>()
