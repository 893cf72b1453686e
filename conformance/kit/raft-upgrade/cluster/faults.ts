/** What can go wrong with a cluster on its way to group 0: where a node may be stopped, and what may be lost. */

/** Places where a node may be stopped. Source: dossier 2.7, 2.11. */
export const places = [
  "group0_upgrade_pause_before_dry_run",
  "group0_upgrade_pause_before_discovery",
  "group0_upgrade_pause_after_discovery",
  "group0_upgrade_pause_after_storage",
  "group0_upgrade_pause_after_server",
  "group0_upgrade_pause_after_added",
  "group0_upgrade_pause_after_stored",
  "group0_upgrade_pause_before_synchronize",
  "group0_upgrade_pause_between_disk_and_memory",
  "group0_upgrade_pause_in_synchronize",
  "group0_upgrade_pause_before_second_sync",
  "group0_upgrade_pause_before_final",
  "stop_before_joining_ring",
  "stop_before_becoming_raft_voter",
  "schema_change_pause_before_push"
] as const

/** Where an upgrade may be made to fail, which only a restart gets over. */
export const failures = ["group0_upgrade_before_synchronize"] as const

/** Requests of which all may be lost. */
export const lostKinds = [
  "Append",
  "Snapshot",
  "ModifyConfig",
  "GetUpgradeState",
  "PeerExchange",
  "SchemaCheck",
  "DefinitionsUpdate",
  "Barrier",
  "Commit",
  "Follow"
] as const
