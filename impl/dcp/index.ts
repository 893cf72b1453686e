/** The DCP proxy: connections, replicator, replication manager, and two kv ends that speak the wire. */
export { connect, connectionName } from "./connect.ts"
export { ConsumerConnection } from "./consumer-connection.ts"
export * as kv from "./kv/index.ts"
export * as mcbp from "./mcbp/index.ts"
export { ProducerConnection } from "./producer-connection.ts"
export { ReplicationManager } from "./replication-manager.ts"
export { Replicator } from "./replicator.ts"
