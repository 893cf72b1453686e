/** The DCP proxy: connections, replicator, replication manager, and two kv ends that speak the wire. */
export { type Connected, type ConnectOptions, connect, connectionName } from "./connect.ts"
export { ConsumerConnection } from "./consumer-connection.ts"
export type { Answer } from "./consumer-operation.ts"
export type { CloseStreamCast } from "./consumer-streams.ts"
export * as kv from "./kv/index.ts"
export * as mcbp from "./mcbp/index.ts"
export { ProducerConnection } from "./producer-connection.ts"
export {
  ReplicationManager,
  type ReplicationManagerOptions,
  type ReplicatorIdentity,
  type SetDesiredResult
} from "./replication-manager.ts"
export { Replicator, type ReplicatorOptions } from "./replicator.ts"
export type { ReplicatorExit, StopReason } from "./replicator-exit.ts"
