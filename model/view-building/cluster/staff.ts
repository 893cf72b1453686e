/** Who works on the shards of a cluster: what others may do to a shard and see of it, whoever it is. */
import type { NodeId, Replica, Term } from "../../../spec/metadata.ts"
import type { CallId, TableId, TaskId, Token } from "../../../spec/view-building/ids.ts"
import type { Range } from "../../../spec/view-building/memories/places.ts"
import type { Cell, View, Write } from "../../kernel/cell.ts"
import type { Channel } from "../../kernel/channel.ts"
import type { Data, Staged, Stored } from "./data.ts"

/** A call on its way. */
export interface Call {
  readonly term: Term
  readonly call: CallId
  readonly tasks: ReadonlyArray<TaskId>
}

/** A shard as everybody else knows it. */
export interface StaffShard {
  readonly replica: Replica
  readonly place: string
  readonly calls: Channel<Call>
  /** What it has of base tables. */
  readonly held: View<unknown, Data>
  /** Rows come to it that no view has to hear of. */
  keeps(rows: ReadonlyArray<Stored>): ReadonlyArray<Write>
  /** An sstable comes into staging, and waits to be registered for a tablet; null where nobody but the disk knows of it. */
  stages(staged: Omit<Staged, "listed">, lastToken: Token | null): ReadonlyArray<Write>
  /** Some tokens of a base are dropped, and whatever waits to be processed of them is forgotten. */
  cleans(base: TableId, range: Range): ReadonlyArray<Write>
}

export interface StaffNode {
  readonly name: NodeId
  readonly up: View<unknown, boolean>
  readonly shards: ReadonlyArray<StaffShard>
}

/** Workers for every shard of every node. */
export interface Staff {
  readonly nodes: ReadonlyArray<StaffNode>
  readonly cells: ReadonlyArray<Cell<unknown, unknown>>
}
