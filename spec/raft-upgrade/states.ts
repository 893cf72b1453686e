/**
 * How far a node is on its way to group 0, in memory and as text on its disk.
 *
 * Source: dossier `raft-upgrade.md` 1; service/raft/group0_upgrade.hh, db/system_keyspace.cc load_group0_upgrade_state.
 */
import { Schema } from "effect"

/** The four states, each at its value on the wire. */
export const upgradeStates = ["recovery", "use_pre_raft_procedures", "synchronize", "use_post_raft_procedures"] as const
/** How far a node is: one of `upgradeStates`. */
export const UpgradeState = Schema.Literals(upgradeStates)
export type UpgradeState = typeof UpgradeState.Type

/** Schema changes are made here and pushed to the others. The key is absent from the disk. */
export const pre = "use_pre_raft_procedures" satisfies UpgradeState
/** Nobody here may begin a schema change: the node waits until all others do so too. */
export const synchronize = "synchronize" satisfies UpgradeState
/** Schema changes are commands of group 0. */
export const post = "use_post_raft_procedures" satisfies UpgradeState
/** Group 0 is out of use, by an operator's will. */
export const recovery = "recovery" satisfies UpgradeState

/** The state that a disk's text stands for: none is `pre`, and one that nobody knows is `recovery`. */
export const stateOf = (text: string | null): UpgradeState =>
  text === null ? pre : (upgradeStates.find((state) => state === text) ?? recovery)

/** How far a state is from the beginning. Recovery is no place on that way. */
export const rankOf = (state: UpgradeState): number | undefined =>
  state === recovery ? undefined : upgradeStates.indexOf(state) - 1
