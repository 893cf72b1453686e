import { Discovery } from "../discovery/discovery.ts"
import { PersistentDiscovery } from "../discovery/persistent-discovery.ts"
import { changed } from "../group0/change.ts"
import { RaftServer } from "../group0/raft-server.ts"
import { Calls } from "../network/calls.ts"
import { SchemaChanges } from "../schema/schema-changes.ts"
import { pullNowAndThen } from "../schema/schema-pulls.ts"
import { SchemaStore } from "../schema/schema-store.ts"
import { UpgradeStateAccess } from "../state/upgrade-state-access.ts"
import { NodeStore } from "../storage/node-store.ts"
import { Bootstrap } from "../upgrade/bootstrap.ts"
import { LastSteps } from "../upgrade/last-steps.ts"
import { Membership } from "../upgrade/membership.ts"
import { Questions } from "../upgrade/questions.ts"
import { Rounds } from "../upgrade/rounds.ts"
import { SchemaSynchronisation } from "../upgrade/schema-synchronisation.ts"
import { UpgradeFiber } from "../upgrade/upgrade-fiber.ts"
import { Operator } from "./operator.ts"
import { reconfigure } from "./reconfiguration.ts"
import { Ring } from "./ring.ts"

/** What a node is built of. Whoever wants to know what one of them is there for builds a node with another in its place. */
export interface Machinery {
  readonly NodeStore: typeof NodeStore
  readonly Calls: typeof Calls
  readonly Discovery: typeof Discovery
  readonly PersistentDiscovery: typeof PersistentDiscovery
  readonly RaftServer: typeof RaftServer
  readonly Membership: typeof Membership
  readonly UpgradeStateAccess: typeof UpgradeStateAccess
  readonly SchemaStore: typeof SchemaStore
  readonly SchemaChanges: typeof SchemaChanges
  readonly SchemaSynchronisation: typeof SchemaSynchronisation
  readonly Questions: typeof Questions
  readonly Rounds: typeof Rounds
  readonly UpgradeFiber: typeof UpgradeFiber
  readonly LastSteps: typeof LastSteps
  readonly Bootstrap: typeof Bootstrap
  readonly Ring: typeof Ring
  readonly Operator: typeof Operator
  readonly pullNowAndThen: typeof pullNowAndThen
  readonly reconfigure: typeof reconfigure
  /** What a change makes of a group's configuration: the part of whoever leads the groups. */
  readonly changed: typeof changed
}

/** Holds every law. */
export const machinery: Machinery = {
  NodeStore,
  Calls,
  Discovery,
  PersistentDiscovery,
  RaftServer,
  Membership,
  UpgradeStateAccess,
  SchemaStore,
  SchemaChanges,
  SchemaSynchronisation,
  Questions,
  Rounds,
  UpgradeFiber,
  LastSteps,
  Bootstrap,
  Ring,
  Operator,
  pullNowAndThen,
  reconfigure,
  changed
}
