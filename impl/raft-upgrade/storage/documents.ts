/** What a node keeps on its disk. Source: dossier `raft-upgrade.md` 1, persistent, per node. */
import { Schema } from "effect"
import { NodeId } from "../../../spec/metadata.ts"
import { GroupId, ServerId, StateId } from "../../../spec/raft-upgrade/ids.ts"
import { Configuration, PeerList, SchemaSet } from "../../../spec/raft-upgrade/messages.ts"
import { Index, Numbered } from "../group0/entry.ts"

/** system.scylla_local: `group0_upgrade_state`, `raft_group0_id`, `raft_server_id`. */
export const Local = Schema.Struct({
  state: Schema.NullOr(Schema.String),
  group: Schema.NullOr(GroupId),
  server: Schema.NullOr(ServerId)
})
export type Local = typeof Local.Type

/** system.peers, how far this node has come to be a normal member itself, and what it knows of features and of those who left. */
export const Ring = Schema.Struct({
  bootstrap: Schema.Literals(["needs", "inProgress", "joining", "completed"]),
  peers: Schema.Array(NodeId),
  left: Schema.Array(NodeId),
  featureSeen: Schema.Boolean
})
export type Ring = typeof Ring.Type

/** system_schema and system.group0_history, which a command changes in one write. */
export const SchemaData = Schema.Struct({ schema: SchemaSet, history: Schema.NullOr(StateId) })
export type SchemaData = typeof SchemaData.Type

/** system.raft, raft_snapshots and raft_snapshot_config of one group. */
export const RaftRows = Schema.Struct({
  /** Where this node's part of the log begins; 0 where it has nothing to begin with. */
  snapshot: Index,
  applied: Index,
  configuration: Configuration,
  log: Schema.Array(Numbered)
})
export type RaftRows = typeof RaftRows.Type

/** system.discovery. */
export const Discovered = PeerList
