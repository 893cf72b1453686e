/** What happens to one node on its way to group 0, and what it says and does: the words of a node alone. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { GroupId, Mutation, OperationId, ServerId, StateId } from "../../../spec/raft-upgrade/ids.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { Edit, ExchangeAnswer, PeerList, SchemaSet } from "../../../spec/raft-upgrade/messages.ts"
import type { UpgradeState } from "../../../spec/raft-upgrade/states.ts"

/** What a node asks whoever leads the group: to begin it, to be told when it has all commands, to have one agreed on. */
export type LeaderQuestion = "begin" | "barrier" | "commit"

/** What a node asks others for: how far they are, their version, their schema, whom they know, to be let in. */
export type Question = "state" | "version" | "schema" | "peers" | "letIn" | LeaderQuestion

export type NodeInput =
  /** It begins, and would give these names if it needs any. */
  | { readonly _tag: "Begins"; readonly server: ServerId; readonly group: GroupId }
  | { readonly _tag: "Falls" }
  // ---- others answer it
  /** `group` is the one for which the state counts. */
  | {
      readonly _tag: "StateAnswered"
      readonly by: NodeId
      readonly state: UpgradeState
      readonly group: GroupId | null
    }
  /** A version is told by the schema that it stands for. */
  | { readonly _tag: "VersionAnswered"; readonly by: NodeId; readonly schema: SchemaSet }
  | { readonly _tag: "SchemaAnswered"; readonly by: NodeId; readonly schema: SchemaSet }
  | { readonly _tag: "PeersAnswered"; readonly by: NodeId; readonly answer: ExchangeAnswer }
  /** It was let in; its group has begun; it has all commands; its own was agreed on, and comes to it first of all. */
  | { readonly _tag: "Granted"; readonly by: NodeId; readonly what: "letIn" | LeaderQuestion }
  /** Nobody answered, or the connection broke. */
  | { readonly _tag: "Fails"; readonly to: NodeId; readonly what: Question }
  // ---- time
  /** Whatever it rests for between two attempts is over. */
  | { readonly _tag: "PauseEnds" }
  /** The time is up for a change that waits for the end of synchronize. */
  | { readonly _tag: "PatienceEnds" }
  // ---- the group
  /** The leader tells who is in the group from now on. */
  | { readonly _tag: "Configured"; readonly members: ReadonlyArray<NodeId> }
  /** A command of another comes to it. It is `effective` where it was made from what the node has come to. */
  | { readonly _tag: "Commanded"; readonly next: StateId; readonly mutation: Mutation; readonly effective: boolean }
  // ---- the operator
  /** Something is written on its disk by hand, whether it runs or not. */
  | { readonly _tag: "Edited"; readonly edit: Edit }
  // ---- others ask it
  | { readonly _tag: "StateAsked"; readonly by: NodeId }
  | { readonly _tag: "PeersAsked"; readonly by: NodeId; readonly peers: PeerList }
  | { readonly _tag: "Pushed"; readonly by: NodeId; readonly schema: SchemaSet }
  // ---- clients
  | { readonly _tag: "Change"; readonly operation: OperationId; readonly mutation: Mutation }
  /** A change on its old path, which is merged here, goes on to the others. */
  | { readonly _tag: "GoesOn" }

/** A call that it makes, which somebody has to answer. */
export interface Calls {
  readonly _tag: "Calls"
  readonly to: NodeId
  readonly what: Question
}

/** What a node says: what it tells of itself, and its calls. */
export type NodeSaid = RaftUpgradeLabel | Calls

/** Whoever leads the group. */
export const leader = "group0" as NodeId

/** One step of a node: one input, and what it says until it waits again. */
export interface UpgradeNodeStep {
  readonly _tag: "UpgradeNodeStep"
  readonly input: NodeInput
  readonly calls: ReadonlyArray<Calls>
}

export type NodeLabel = RaftUpgradeLabel | UpgradeNodeStep
