/**
 * What a step looks like from outside, whether of discovery alone or of a whole cluster. Laws, stories, diagrams and adapters
 * see nothing else.
 *
 * All of it can be had from a running cluster: from what nodes log, say, store and apply. Time is told, not read.
 */
import { Schema } from "effect"
import { NodeId } from "../metadata.ts"
import { GroupId, Mutation, OperationId, ServerId, StateId, Version } from "./ids.ts"
import {
  CallFailure,
  Configuration,
  Edit,
  ExchangeAnswer,
  Found,
  Path,
  PeerList,
  Purpose,
  Refusal,
  SchemaSet
} from "./messages.ts"
import { UpgradeState } from "./states.ts"

const node = NodeId
const natural = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

/** Steps of the two ways to group 0 that end in something seen. Source: dossier 2.7, U1 to U9, and 2.9, B1 to B7. */
export const steps = [
  "dryRunOnPeers",
  "join",
  "allJoined",
  "firstSync",
  "dryRunOnMembers",
  "allSynchronize",
  "secondSync",
  "readBarrier"
] as const
/** A step of a node on its way: one of `steps`. */
export const UpgradeStep = Schema.Literals(steps)
export type UpgradeStep = typeof UpgradeStep.Type

/** How a node's schema came to be what it is. */
export const SchemaCause = Schema.Literals(["old", "push", "pull", "sync", "command", "snapshot"])
export type SchemaCause = typeof SchemaCause.Type

/** What a step of the way to group 0 looks like from outside: nodes, states, discovery, membership, schema, operator, time. */
export const RaftUpgradeLabel = Schema.TaggedUnion({
  // ---- nodes
  /** A node began, with what was on its disk, in this state. */
  Booted: { node, state: UpgradeState, found: Found },
  /** It lost all that was not on its disk, by a fall or because it was told to stop. */
  Stopped: { node },
  /** It ended itself over something that cannot be, as it thinks. */
  Crashed: { node, why: Schema.String },
  /** It is a normal member of the ring. `fresh` where it never was before. */
  BecameNormal: { node, fresh: Schema.Boolean },
  /** Whom it takes for normal members of the ring besides itself, from now on. */
  PeersKnown: { node, peers: Schema.Array(NodeId) },
  /** It learned that every node knows of group 0. */
  FeatureSeen: { node },
  // ---- how far a node is
  /** Its state is on its disk. */
  StateStored: { node, state: UpgradeState },
  /** It goes by that state from now on. */
  StateEntered: { node, state: UpgradeState },
  FiberBegan: { node, from: UpgradeState },
  /** It waits before it begins the round of a step again: the first time that is round 1. */
  RetryIn: { node, step: UpgradeStep, round: natural, ms: natural },
  StepEnded: { node, step: UpgradeStep },
  /** It stops waiting for others, since a member told it that it is through. */
  FinishedEarly: { node, of: NodeId },
  FiberFailed: { node, why: Schema.String },
  // ---- questions
  /** A node tells another how far it is. */
  StateTold: { node, to: NodeId, state: UpgradeState },
  /** What it heard of another; null where it heard nothing. */
  StateHeard: { node, of: NodeId, state: Schema.NullOr(UpgradeState) },
  VersionHeard: { node, of: NodeId, version: Schema.NullOr(Version) },
  // ---- discovery
  ServerStored: { node, server: ServerId },
  /** It looks for the group. */
  DiscoveryBegan: { node },
  /** Who it knows is on its disk. */
  PeersStored: { node, peers: PeerList },
  /** It tells another whom it knows, and asks for the same. */
  ExchangeAsked: { node, to: NodeId, peers: PeerList },
  ExchangeAnswered: { node, to: NodeId, answer: ExchangeAnswer },
  ExchangeHeard: { node, of: NodeId, answer: Schema.NullOr(ExchangeAnswer) },
  /** It is the one that creates the group, and gave it a name. */
  Led: { node, group: GroupId },
  /** It was told of a group. */
  GroupFound: { node, group: GroupId, via: NodeId },
  // ---- membership
  /** It made the first snapshot of its part of a group. Index 0 is as good as none. */
  StorageMade: { node, group: GroupId, index: natural },
  ServerStarted: { node, group: GroupId },
  /** The group's name is on its disk. */
  GroupStored: { node, group: GroupId },
  /** A node asks a group, by way of another of its members or itself, to change who is in it. */
  ReconfigurationAsked: { node, group: GroupId, via: NodeId, purpose: Purpose, of: NodeId },
  ReconfigurationEnded: { node, group: GroupId, purpose: Purpose, of: NodeId, failure: Schema.NullOr(CallFailure) },
  /** A majority agreed on who is in the group. */
  Reconfigured: { group: GroupId, purpose: Purpose, of: NodeId, configuration: Configuration },
  /** A node learned who is in it. */
  ConfigurationLearned: { node, group: GroupId, configuration: Configuration },
  // ---- schema
  OperationBegan: { node, operation: OperationId, path: Path, state: UpgradeState, mutation: Mutation },
  OperationRefused: { node, operation: OperationId, reason: Refusal },
  /** Whoever asked for it was told that it is done. */
  OperationEnded: { node, operation: OperationId },
  PushSent: { node, to: NodeId, schema: SchemaSet },
  /** A majority agreed on a command. */
  CommandCommitted: {
    group: GroupId,
    by: NodeId,
    operation: OperationId,
    previous: Schema.NullOr(StateId),
    next: StateId,
    mutation: Mutation
  },
  /** A node has come to a command of the log. It is not `effective` where the node had not come to what it goes by. */
  CommandApplied: { node, group: GroupId, next: StateId, effective: Schema.Boolean },
  /** A node took over another's state instead of the commands before it. */
  SnapshotLoaded: { node, group: GroupId, history: Schema.NullOr(StateId) },
  /** What a node's schema is from now on, and what it is known by. */
  SchemaIs: { node, by: SchemaCause, schema: SchemaSet, version: Version },
  // ---- the ring and the operator
  /** A node is off the ring; `by` itself or another. */
  LeftRing: { node, by: NodeId },
  /** The operator made sure that a node is dead and will not return. */
  DeclaredLost: { node },
  Edited: { node, edit: Edit },
  // ---- time
  Elapsed: { ms: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)) }
})
export type RaftUpgradeLabel = typeof RaftUpgradeLabel.Type
