/** The places where a test may stop, fail or wake a node. Source: dossier `raft-upgrade.md` 2.7, 2.11. */
import { Schema } from "effect"
import { NamedInjections } from "../runtime/named-injections.ts"

const injectionNames = [
  /** Fails the upgrade where it is about to go to synchronize. */
  "group0_upgrade_before_synchronize",
  /** Ours: waits there. */
  "group0_upgrade_pause_before_synchronize",
  /** Ours: waits where the upgrade is about to ask its peers for the first time. */
  "group0_upgrade_pause_before_dry_run",
  /** Ours: waits where discovery is about to begin. */
  "group0_upgrade_pause_before_discovery",
  /** Ours: waits where a group is known, and nothing of it is on disk. */
  "group0_upgrade_pause_after_discovery",
  /** Ours: waits where the first snapshot is written, and no server runs. */
  "group0_upgrade_pause_after_storage",
  /** Ours: waits where the server runs, and has asked nobody to be let in. */
  "group0_upgrade_pause_after_server",
  /** Ours: waits where the node is in the group, and has not stored its name. */
  "group0_upgrade_pause_after_added",
  /** Ours: waits where the group's name is stored. */
  "group0_upgrade_pause_after_stored",
  /** Ours: waits where a state is on disk, and the node does not go by it yet. */
  "group0_upgrade_pause_between_disk_and_memory",
  /** Ours: waits where the node is in synchronize, and has asked nobody. */
  "group0_upgrade_pause_in_synchronize",
  /** Ours: waits where all are in synchronize. */
  "group0_upgrade_pause_before_second_sync",
  /** Ours: waits where the node is about to begin to use group 0. */
  "group0_upgrade_pause_before_final",
  /** Ours: waits where a new node is done with group 0, and not on the ring. */
  "stop_before_joining_ring",
  /** Waits where a new node is on the ring, and has no vote. */
  "stop_before_becoming_raft_voter",
  /** Ours: waits where a node is off the ring, and still in the group. */
  "remove_node_pause_after_ring",
  /** Ours: waits where a change on the old path is merged here, and sent to nobody. */
  "schema_change_pause_before_push"
] as const

export const InjectionName = Schema.Literals(injectionNames)
export type InjectionName = typeof InjectionName.Type

/** One node's injections. Nothing is enabled at first. */
export class UpgradeInjections extends NamedInjections {
  constructor() {
    super(injectionNames)
  }
}
