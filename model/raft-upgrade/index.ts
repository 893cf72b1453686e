/** The model of the way to group 0: discovery alone, a cluster that crosses over, their variants, and scopes. */
import type { RaftUpgradeLabel } from "../../spec/raft-upgrade/labels.ts"
import type { ModelOf, Scope } from "../kernel/scope.ts"
import { upgradeScopes } from "./cluster/scopes.ts"
import { recoveryScopes } from "./cluster/scopes-recovery.ts"
import { ringScopes } from "./cluster/scopes-ring.ts"
import { discoveryScopes } from "./discovery/scopes.ts"

/** Those of discovery alone go by its name. */
const ofDiscovery: ReadonlyArray<Scope<RaftUpgradeLabel>> = discoveryScopes.map((scope) => ({
  ...scope,
  name: `discovery.${scope.name}`
}))

/** The way to group 0: what is explored, and under which names. */
export const raftUpgrade: ModelOf<RaftUpgradeLabel> = {
  protocol: "raft-upgrade",
  scopes: [...upgradeScopes, ...ringScopes, ...recoveryScopes, ...ofDiscovery]
}
