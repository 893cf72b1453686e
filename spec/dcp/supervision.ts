/**
 * The words of the processes above a proxy pair: the replicator with its worker, and the replication manager.
 *
 * Source: dossier `dcp.md`, sections 1.1, 2.7 and 2.10.
 */
import { Schema } from "effect"
import { CallId, VBucket } from "../ids.ts"
import { CrashReason, ReplyValue, Request } from "./messages.ts"

/** The two proxy processes that a replicator starts and is linked to. */
export const ProxyName = Schema.Literals(["consumerConnection", "producerConnection"])
export type ProxyName = typeof ProxyName.Type

/** Why a replicator is told to stop. `nuke` ends all replicators of a bucket; `interrupted` is any reason but a shutdown. */
export const StopReason = Schema.Literals(["shutdown", "nuke", "interrupted"])
export type StopReason = typeof StopReason.Type

/** What the worker or the shut of the consumer connection came back with: an answer, or the exit of the connection. */
export const Outcome = Schema.TaggedUnion({
  Answered: { value: ReplyValue },
  Exited: {}
})
export type Outcome = typeof Outcome.Type

/** What a replicator may take: calls of its manager, ends of its worker and of its connections. Source: ns_server dcp_replicator.erl. */
export const ReplicatorInput = Schema.TaggedUnion({
  SetupReplication: { call: CallId, vbuckets: Schema.Array(VBucket) },
  TakeoverReplication: { call: CallId, vbucket: VBucket },
  WorkerDone: { outcome: Outcome },
  ChildExited: { child: ProxyName, reason: CrashReason },
  Stop: { reason: StopReason },
  ShutDone: { outcome: Outcome },
  /** `dcp_shut_consumer` ran out, 60 s by default. */
  ShutTimedOut: {}
})
export type ReplicatorInput = typeof ReplicatorInput.Type

/** What a replicator may do because of one input, in order. Source: ns_server dcp_replicator.erl. */
export const ReplicatorOutput = Schema.TaggedUnion({
  /** A fresh worker makes this call to the consumer connection. */
  SpawnWorker: { request: Request },
  Answer: { call: CallId, value: ReplyValue },
  /** The caller's own call exits, because its replicator did. */
  ExitCaller: { call: CallId },
  /** The replicator itself asks the consumer connection to close everything. */
  ShutConsumer: {},
  /** Both proxies end: by an exit signal, or sockets first and then killed. */
  EndProxies: { how: Schema.Literals(["exitSignal", "closeSocketsThenKill"]) },
  Exit: { reason: Schema.Literals(["shutdown", "childInterrupted", "crashed"]) }
})
export type ReplicatorOutput = typeof ReplicatorOutput.Type

/** One connection between a pair of nodes; vBucket v belongs to connection v modulo the number of connections. */
export const Connection = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 0xffff }))

/** What a replication manager may take. Source: ns_server replication_manager.erl, dcp_sup.erl. */
export const ManagerInput = Schema.TaggedUnion({
  /** The desired map for one producer node: the vBuckets to be replicated from it. */
  SetDesired: { call: CallId, vbuckets: Schema.Array(VBucket) },
  ReplicatorAnswered: { connection: Connection, outcome: Outcome },
  ReplicatorDied: { connection: Connection }
})
export type ManagerInput = typeof ManagerInput.Type

/** What a replication manager may do because of one input, in order. Source: ns_server replication_manager.erl, dcp_sup.erl. */
export const ManagerOutput = Schema.TaggedUnion({
  StartReplicator: { connection: Connection },
  SetupReplication: { connection: Connection, vbuckets: Schema.Array(VBucket) },
  Answer: { call: CallId, result: Schema.Literals(["ok", "rebalanceFails"]) }
})
export type ManagerOutput = typeof ManagerOutput.Type
