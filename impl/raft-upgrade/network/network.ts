/** The network as the way to group 0 uses it: the verbs of the protocol, what a group's members need, and a little gossip. */
import { Schema } from "effect"
import { NodeId } from "../../../spec/metadata.ts"
import { GroupId, OperationId, StateId, Version } from "../../../spec/raft-upgrade/ids.ts"
import {
  CallFailure,
  Command,
  Configuration,
  ExchangeAnswer,
  Member,
  PeerExchange,
  Purpose,
  SchemaSet
} from "../../../spec/raft-upgrade/messages.ts"
import { UpgradeState } from "../../../spec/raft-upgrade/states.ts"
import { conversation } from "../../runtime/network/messages.ts"
import type * as network from "../../runtime/network/network.ts"
import { Index, Numbered } from "../group0/entry.ts"

export { ConnectionBroken } from "../../runtime/network/network.ts"

const group = GroupId

/** Who is to be what in a group, or out of it. Source: dossier 2.4, GROUP0_MODIFY_CONFIG. */
export const Change = Schema.Struct({ purpose: Purpose, member: Member })
export type Change = typeof Change.Type

/** What a group's member that is behind is told. */
export const Append = Schema.Struct({
  group,
  /** Where the group's log begins, behind its first snapshot. */
  first: Index,
  /** Whose snapshot may be taken. */
  holders: Schema.Array(NodeId),
  entries: Schema.Array(Numbered)
})
export type Append = typeof Append.Type

export const NodeRequest = Schema.TaggedUnion({
  // ---- the protocol's verbs
  GetUpgradeState: {},
  PeerExchange: { ...PeerExchange.fields },
  ModifyConfig: { group, change: Change },
  SchemaCheck: {},
  MigrationRequest: {},
  DefinitionsUpdate: { schema: SchemaSet },
  // ---- what a member of a group asks whoever leads it
  Found: { group, creator: Member, index: Index },
  Here: { group },
  Reconfigure: { group, change: Change },
  Commit: { group, operation: OperationId, command: Command },
  Barrier: { group },
  // ---- what the leader of a group asks its members, and members each other
  Follow: { group },
  Append: { append: Append },
  Snapshot: { group },
  // ---- gossip
  /** Whether the node knows of group 0, and whom it knows. */
  Features: {},
  /** Whoever asks is on the ring, and in that group. */
  Joined: { group: Schema.NullOr(GroupId) },
  /** A node is about to go off the ring, if nobody has begun by it. */
  Leaves: { node: NodeId },
  /** A node is off the ring. */
  Left: { node: NodeId }
})
export type NodeRequest = typeof NodeRequest.Type

export const NodeAnswer = Schema.TaggedUnion({
  Ok: {},
  /** `group` is not in upstream's answer: it says for which group the state counts. */
  State: { state: UpgradeState, group: Schema.NullOr(GroupId) },
  Exchanged: { answer: ExchangeAnswer },
  Versioned: { version: Version },
  Schema: { schema: SchemaSet },
  SnapshotIs: {
    index: Index,
    schema: SchemaSet,
    history: Schema.NullOr(StateId),
    configuration: Configuration
  },
  Reached: { index: Index },
  Known: {
    supports: Schema.Boolean,
    peers: Schema.Array(NodeId),
    left: Schema.Array(NodeId),
    /** Whether the node has looked for the group, so that others may know of it, and it of them. */
    hasLooked: Schema.Boolean
  },
  Failed: { failure: CallFailure }
})
export type NodeAnswer = typeof NodeAnswer.Type

export type Network = network.Network<NodeRequest, NodeAnswer>

export const upgradeConversation = conversation<NodeRequest, NodeAnswer>(NodeRequest, NodeAnswer, {
  _tag: "Failed",
  failure: "Garbled"
})
