/** What an operator, a client or a test asks of a running node, and what it is told. */
import { Schema } from "effect"
import { NodeId } from "../../spec/metadata.ts"
import { GroupId, Mutation, OperationId } from "../../spec/raft-upgrade/ids.ts"
import { Edit, Refusal, SchemaSet } from "../../spec/raft-upgrade/messages.ts"
import { UpgradeState } from "../../spec/raft-upgrade/states.ts"
import { Address } from "../runtime/wire/address.ts"
import { InjectionName } from "./injections.ts"

const addresses = Schema.Record(Schema.String, Address)

/** What a node's process does. */
export const ControlCommand = Schema.TaggedUnion({
  /** Tells where everybody is; the first time, the node begins with that. */
  Addresses: { addresses },
  /** A client's schema change. */
  Change: { operation: OperationId, mutation: Mutation },
  Decommission: {},
  Remove: { node: NodeId },
  /** Changes what is on this node's disk. Running code does not notice. */
  Edit: { edit: Edit },
  /** From now on this node has nothing to do with exactly these. */
  Ban: { nodes: Schema.Array(NodeId) },
  Inject: { action: Schema.Literals(["enable", "enable-once", "disable", "message", "query"]), name: InjectionName },
  Status: {},
  Shutdown: {}
})
export type ControlCommand = typeof ControlCommand.Type

export const ControlAnswer = Schema.TaggedUnion({
  Done: {},
  Refused: { reason: Refusal },
  Failed: { why: Schema.String },
  /** How often a place was reached. */
  Reached: { times: Schema.Int },
  StatusIs: {
    state: UpgradeState,
    group: Schema.NullOr(GroupId),
    schema: SchemaSet,
    peers: Schema.Array(NodeId),
    isNormal: Schema.Boolean
  }
})
export type ControlAnswer = typeof ControlAnswer.Type

/** What the process does that leads the groups. */
export const LeaderCommand = Schema.TaggedUnion({ Addresses: { addresses }, Shutdown: {} })
export type LeaderCommand = typeof LeaderCommand.Type

export const LeaderAnswer = Schema.TaggedUnion({ Done: {} })
export type LeaderAnswer = typeof LeaderAnswer.Type
