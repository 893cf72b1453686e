/** What a step of any system on the way to group 0 looks like from outside: of a whole cluster, or of one node that looks for the group. */
import { Schema } from "effect"
import { DiscoveryLabel } from "./discovery/labels.ts"
import { RaftUpgradeLabel } from "./labels.ts"

/** A label of a cluster or of a node that looks for the group. */
export const UpgradeLabel = Schema.Union([RaftUpgradeLabel, DiscoveryLabel])
export type UpgradeLabel = typeof UpgradeLabel.Type
