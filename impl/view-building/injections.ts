/** The places where a test may stop, fail or wake a node. Source: dossier `view-building.md` 3.7. */
import { Schema } from "effect"
import { NamedInjections } from "../runtime/named-injections.ts"

export const injectionNames = [
  /** Waits where the coordinator's main loop begins a round. */
  "view_building_coordinator_pause_main_loop",
  /** Makes the main loop do nothing in its rounds. */
  "view_building_coordinator_skip_main_loop",
  /** Makes the coordinator take every host for alive. */
  "view_building_coordinator_ignore_gossiper",
  /** Waits where the main loop is about to sleep. */
  "view_building_coordinator_wait_before_await_event",
  /** Waits there if calls were sent in this round. */
  "view_building_coordinator_wait_before_await_event_after_starting_tasks",
  /** Waits where a build has read, and has written nothing yet; an abort ends the wait. With a token: one of the tablet that ends there. */
  "view_building_worker_pause_build_range_task",
  /** Waits where the observer is about to look. */
  "view_building_worker_pause_state_observer",
  /** Waits where the registrator is about to begin. */
  "view_building_worker_pause_before_starting_staging_registrator",
  /** Waits where a base is flushed, and the views are not noted yet that it was flushed for. */
  "view_building_worker_pause_after_flush_before_recording_flushed_views",
  /** Fails a build where it is about to write. */
  "do_build_range_fail",
  /** Fails a write of view rows at the replica. */
  "view_building_failure",
  /** Fails the view update generator where it is about to write. */
  "view_update_generator_consume_staging_sstable",
  /** Waits where the view update generator has read, and has written nothing yet. */
  "view_update_generator_pause_before_processing",
  /** Ours: the view update generator shuts down where it is about to write. */
  "view_update_generator_stop",
  /** Fails the stream of a tablet. */
  "stream_tablet_fail",
  /** Waits where a tablet's stream is done and its end not told yet. */
  "stream_tablet_wait",
  /** Makes the topology coordinator roll back from streaming. */
  "stream_tablet_move_to_cleanup",
  /** Waits where a node is about to drop a tablet's data. */
  "cleanup_tablet_wait",
  /** Waits where the topology coordinator is about to end a migration. */
  "handle_tablet_migration_end_migration",
  /** Makes the topology coordinator roll back where the new replica of a rebuild is about to be repaired. */
  "rebuild_repair_stage_fail",
  /** Waits behind the barrier that comes before a split or merge. */
  "tablet_resize_finalization_post_barrier",
  /** Waits where a node is about to apply what group 0 committed. */
  "group0_state_machine::delay_apply"
] as const

export const InjectionName = Schema.Literals(injectionNames)
export type InjectionName = typeof InjectionName.Type

/** One node's injections. Nothing is enabled at first. */
export class BuildingInjections extends NamedInjections {
  constructor() {
    super(injectionNames)
  }
}
