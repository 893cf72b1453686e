/** What an operator, a client or a test asks of a running node, and what it is told. */
import { Schema } from "effect"
import { Kind, NodeId, Position, Replica } from "../../spec/metadata.ts"
import { TableId, Token, ViewId } from "../../spec/view-building/ids.ts"
import { BaseRow, Row } from "../../spec/view-building/messages.ts"
import { Tablet } from "../../spec/view-building/metadata.ts"
import { Address } from "../runtime/wire/address.ts"
import { InjectionName } from "./injections.ts"

const forNode = {
  CreateTable: { base: TableId, tablets: Schema.Array(Tablet) },
  CreateView: { base: TableId, view: ViewId },
  DropView: { view: ViewId },
  /** Done once all nodes have dropped what they had of the base and its views. */
  Truncate: { base: TableId },
  /** Done once group 0 holds the transition. */
  MoveTablet: { base: TableId, lastToken: Token, next: Schema.Array(Replica), kind: Kind },
  Resize: { base: TableId, how: Schema.Literals(["split", "merge"]) },
  /** A client's write, with this node as its coordinator. Failed unless every replica has taken it. */
  Write: { base: TableId, row: BaseRow },
  /** A row from elsewhere, such as a repair's, for this node's replica. Failed where it has none. */
  Load: { base: TableId, row: BaseRow },
  /** Whether this node believes another to be up. */
  MarkHost: { node: NodeId, alive: Schema.Boolean },
  /** What this node has of a base and of a view, deletions too, and which views it takes for built. */
  Dump: { base: TableId, view: ViewId }
}

/** What a node does. */
export const NodeCommand = Schema.TaggedUnion(forNode)
export type NodeCommand = typeof NodeCommand.Type

/** What a node's process does, which is more. */
export const ControlCommand = Schema.TaggedUnion({
  ...forNode,
  /** Tells where everybody is; the first time, the node begins with that. */
  Addresses: { group0: Address, nodes: Schema.Record(Schema.String, Address) },
  Inject: {
    action: Schema.Literals(["enable", "enable-once", "disable", "message", "query", "is-enabled"]),
    name: InjectionName,
    /** Whom it is for, where it is enabled: the tablet that ends with this token. */
    token: Schema.optionalKey(Token)
  },
  Shutdown: {}
})
export type ControlCommand = typeof ControlCommand.Type

export const ControlAnswer = Schema.TaggedUnion({
  Done: {},
  Failed: { why: Schema.String },
  /** How often a place was reached. */
  Reached: { times: Schema.Int },
  Enabled: { isEnabled: Schema.Boolean },
  /** `at` is the position of group 0 that the node has applied. */
  Dumped: { at: Position, rows: Schema.Array(BaseRow), viewRows: Schema.Array(Row), built: Schema.Array(ViewId) }
})
export type ControlAnswer = typeof ControlAnswer.Type
