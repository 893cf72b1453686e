/** The network as the building of views uses it: calls of coordinators, rows on their way, and what tablets need to move. */
import { Schema } from "effect"
import { Replica, ShardId, Term } from "../../../spec/metadata.ts"
import { CallId, SstableId, TableId, TaskId, Token, ViewId } from "../../../spec/view-building/ids.ts"
import { BaseRow, CallAnswer, Row } from "../../../spec/view-building/messages.ts"
import { conversation } from "../../runtime/network/messages.ts"
import type * as network from "../../runtime/network/network.ts"

export { ConnectionBroken } from "../../runtime/network/network.ts"

const range = { base: TableId, after: Schema.NullOr(Token), lastToken: Token }
const rows = Schema.Array(BaseRow)

/** A staging sstable on its way to another replica. */
const Staged = Schema.Struct({ sstable: SstableId, rows })

export const NodeRequest = Schema.TaggedUnion({
  /** `work_on_view_building_tasks`. `call` is there for stories to name it. */
  WorkOnTasks: { call: CallId, term: Term, shard: ShardId, tasks: Schema.Array(TaskId) },
  /** A view's replica takes rows. */
  WriteView: { view: ViewId, rows: Schema.Array(Row) },
  /** A base's replica takes a client's row, and sees to its views. */
  WriteBase: { base: TableId, shard: ShardId, row: BaseRow },
  /** Everything that was committed before is applied, and what was begun by older news is over. */
  Barrier: {},
  /** What a replica has of a tablet. */
  FetchTablet: { ...range, shard: ShardId },
  /** Has a tablet's pending replica take over what another has. */
  StreamTablet: { ...range, from: Replica, to: Replica },
  /** Has a replica drop what it has of a tablet. */
  CleanTablet: { ...range, shard: ShardId },
  /** Nobody reads a base of this node until `OpenBase`, or until its lease is over; answered when nobody does any more. */
  CloseBase: { base: TableId, truncation: Schema.String },
  /** Drops what this node has of a base and of its views. Refused unless the base is closed for this truncation. */
  TruncateBase: { base: TableId, views: Schema.Array(ViewId), truncation: Schema.String },
  OpenBase: { base: TableId, truncation: Schema.String }
})
export type NodeRequest = typeof NodeRequest.Type

export const NodeAnswer = Schema.TaggedUnion({
  Ok: {},
  Worked: { answer: CallAnswer },
  Fetched: { rows, staged: Schema.Array(Staged) },
  Failed: { why: Schema.String }
})
export type NodeAnswer = typeof NodeAnswer.Type

export type Network = network.Network<NodeRequest, NodeAnswer>

export const buildingConversation = conversation<NodeRequest, NodeAnswer>(NodeRequest, NodeAnswer, {
  _tag: "Failed",
  why: "malformed"
})
