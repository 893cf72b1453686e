/**
 * What nodes and coordinators say to each other: commands, triggers, streamed data, requests with a fencing token, and answers.
 *
 * Source: dossier `sessions.md` 1.5, 2.5 to 2.9. An RPC that leads to an effect carries the frozen guard of the operation at
 * its root: the id of its session, and nothing that holds anything.
 */
import { Schema } from "effect"
import { Row } from "../messages.ts"
import { SessionId } from "./ids.ts"
import { Replica, ShardId, TabletId, Term, Version } from "./metadata.ts"

export { Row } from "../messages.ts"

/** A client's request, by the name that stories use. */
export const RequestId = Schema.String.check(Schema.isNonEmpty()).pipe(Schema.brand("RequestId"))
export type RequestId = typeof RequestId.Type

/** One piece of work that may have an effect: a streamed batch at its receiver, a repair at a follower. */
export const WorkId = Schema.String.check(Schema.isNonEmpty()).pipe(Schema.brand("WorkId"))
export type WorkId = typeof WorkId.Type

/** The number of a command among those of its coordinator's term. */
export const CommandIndex = Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)).pipe(Schema.brand("CommandIndex"))
export type CommandIndex = typeof CommandIndex.Type

// ---- refusals -----------------------------------------------------------------------------------------------------

/** Why a node refuses. The set is closed: anything else that goes wrong is a defect of the implementation. */
export const reasons = [
  /** The session is not registered on this shard: never opened, forgotten after a drain, or null. */
  "SessionNotFound",
  /** The session is closing. */
  "GateClosed",
  /** The session began to close while the work was going on. */
  "AbortRequested",
  /** The request was meant for another node. */
  "WrongDestination",
  /** Group 0's term is not the command's. */
  "TermChanged",
  /** A command with this index, or a later one, was accepted before. */
  "OldCommand",
  /** Metadata moved on while the barrier was looking at it. */
  "VersionChanged",
  /** Group 0 did not answer the read barrier, or this node cannot apply what it says. */
  "ReadBarrierFailed",
  /** The tablet is not in the stage that the trigger is for. */
  "WrongStage",
  /** The tablet's transition has no session. */
  "NoSession",
  /** What the trigger is for concerns another node. */
  "NotThisReplica",
  /** No such tablet. */
  "NoSuchTablet",
  /** The stream ended without all of its data. */
  "StreamFailed",
  /** The disk has no room for what is streamed. */
  "DiskFull",
  /** The request is older than the fence. */
  "StaleTopology",
  /** A round of a conditional write has an older ballot than the replica has promised to. */
  "OldBallot",
  /** The connection broke, or the sender is banned. */
  "Disconnected",
  /** The frame is no request. */
  "Malformed"
] as const
/** Why a request was refused: one of `reasons`. */
export const Reason = Schema.Literals(reasons)
export type Reason = typeof Reason.Type

// ---- requests -----------------------------------------------------------------------------------------------------

/** What a coordinator asks all nodes at once. Source: service/topology_state_machine.hh raft_topology_cmd. */
export const Command = Schema.Literals(["barrier", "barrier_and_drain"])
export type Command = typeof Command.Type

/** A command that proves nothing: the nodes which the topology's request in hand is for stream. Source: raft_topology_cmd, dossier 1.5. */
export const StreamCommand = Schema.Literal("stream_ranges")

/** The operations that a trigger starts. A trigger names a tablet, and the node does what its own metadata says. */
export const Operation = Schema.Literals(["stream", "cleanup", "repair", "restore"])
export type Operation = typeof Operation.Type

/** How data is streamed: as fragments of mutations, or as whole files. */
export const StreamPath = Schema.Literals(["mutations", "files"])
export type StreamPath = typeof StreamPath.Type

/** What is asked of a node. */
export const NodeRequest = Schema.TaggedUnion({
  TopologyCommand: { term: Term, index: CommandIndex, command: Schema.Union([Command, StreamCommand]) },
  /** `session` is present for repair alone. */
  Trigger: { operation: Operation, tablet: TabletId, session: Schema.optionalKey(SessionId) },
  /** The receiver asks a source for a tablet's rows, to be sent to one of its own shards. */
  Fetch: { tablet: TabletId, session: SessionId, to: Replica, path: StreamPath, work: WorkId },
  /** Rows of a tablet for a shard, handled by another shard that they come in on. */
  StreamRows: {
    tablet: TabletId,
    session: SessionId,
    via: ShardId,
    to: ShardId,
    rows: Schema.Array(Row),
    work: WorkId,
    /** Present for a file: the receiver's own name for the fetch that it belongs to. */
    fetch: Schema.optionalKey(WorkId)
  },
  /** One round of repair at a follower: what it has, and what it lacks. */
  RepairRows: {
    tablet: TabletId,
    session: SessionId,
    rows: Schema.Array(Row),
    work: WorkId,
    /** A part of the round: the follower comes in and says what it has, writes what it lacks, leaves. Without it, all three. */
    step: Schema.optionalKey(Schema.Literals(["start", "put", "stop"]))
  },
  Truncate: { tablet: TabletId, session: SessionId, work: WorkId },
  Snapshot: { tablet: TabletId, session: SessionId, work: WorkId },
  /** `version` is the fencing token. */
  Write: { request: RequestId, version: Version, tablet: TabletId, row: Row },
  Read: { request: RequestId, version: Version, tablet: TabletId, key: Schema.String }
})
export type NodeRequest = typeof NodeRequest.Type

/** What a node answers. */
export const NodeAnswer = Schema.TaggedUnion({
  Ok: {},
  Rows: { rows: Schema.Array(Row) },
  Refused: { reason: Reason }
})
export type NodeAnswer = typeof NodeAnswer.Type

/**
 * The rounds of a conditional write, in their order: a promise to no older ballot, a proposal, and what was decided.
 *
 * Source: service/paxos/paxos_state.cc prepare, accept, learn.
 */
export const paxosRounds = ["prepare", "accept", "learn"] as const
/** One of a conditional write's requests to its replicas: one of `paxosRounds`. */
export const PaxosRound = Schema.Literals(paxosRounds)
export type PaxosRound = typeof PaxosRound.Type

// ---- group 0 ------------------------------------------------------------------------------------------------------

/** Who writes group 0: the topology coordinator of a term, or an operator. */
export const Committer = Schema.TaggedUnion({
  Coordinator: { term: Term },
  Operator: {}
})
export type Committer = typeof Committer.Type
