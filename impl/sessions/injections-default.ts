/** The places where a test may stop, fail or wake a node. Source: dossier `sessions.md` 5. */
import { Schema } from "effect"
import { NamedInjections } from "../runtime/named-injections.ts"

/** Every place there is. A name that is not among them is a typing error of the test's, and is refused. */
export const injectionNames = [
  /** Waits where streamed rows have come in, and nobody has entered their session yet. */
  "stream_mutation_fragments",
  /** Waits where a tablet's stream is about to begin, with its trigger accepted. */
  "migration_streaming_wait",
  /** Waits where the receiver of a tablet is about to fetch from a source. */
  "block_tablet_streaming",
  /** Fails the stream at its receiver. */
  "stream_tablet_fail",
  /** Waits where the stream is done and its end not told yet. */
  "stream_tablet_wait",
  /** Ours: the node's disk is full while it is enabled, and nothing that is streamed to it finds room. */
  "critical_disk_utilization",
  /** Makes the coordinator roll back to cleanup_target from streaming. */
  "stream_tablet_move_to_cleanup",
  /** Fails the repair that comes before a rebuild's stream. */
  "rebuild_repair_stage_fail",
  /** Fails a node's handler of the plain barrier. */
  "raft_topology_barrier_fail",
  /** Fails a node's handler of barrier_and_drain after it was done. */
  "raft_topology_barrier_and_drain_fail",
  /** Fails a node's handler of barrier_and_drain before it does anything. */
  "raft_topology_barrier_and_drain_fail_before",
  /** Waits in a node's handler of barrier_and_drain, behind its read barrier and before it looks at versions. */
  "pause_before_barrier_and_drain",
  /** Waits where a node is about to drop a tablet's data. */
  "cleanup_tablet_wait",
  /** Fails where a node is about to drop a tablet's data. */
  "cleanup_tablet_crash",
  /** Waits where the coordinator is about to end a migration. */
  "handle_tablet_migration_end_migration",
  /** Makes the coordinator send a repair with a session that nobody opened. */
  "handle_tablet_migration_repair_random_session",
  /** A repair's leader ends without telling its followers. */
  "repair_row_level_stop_skip_cleanup",
  /** Waits where a node is about to apply what group 0 committed. */
  "group0_state_machine::delay_apply",
  /** Waits where a node is about to take a snapshot of group 0. */
  "block_group0_transfer_snapshot",
  /** Waits where a node has entered a truncation's session and has not truncated yet. */
  "truncate_table_wait",
  /** Fails the coordinator of a truncation after it cleared the session. */
  "truncate_crash_after_session_clear",
  /** Ours: waits where a node is about to drop what it has of the ring and does not own. */
  "ring_cleanup_wait",
  /** Ours: waits where a receiver of streamed rows has its guards, and the rows are no part of the tablet yet. */
  "stream_consumer_wait",
  /** Ours: waits where a replica holds its metadata for a write, and has not made it yet. */
  "replica_write_wait",
  /** Ours: waits where a replica holds its metadata for a read, and has not looked yet. */
  "replica_read_wait"
] as const

export const InjectionName = Schema.Literals(injectionNames)
export type InjectionName = typeof InjectionName.Type

/** One node's injections. Nothing is enabled at first. */
export class DefaultInjections extends NamedInjections {
  constructor() {
    super(injectionNames)
  }
}
