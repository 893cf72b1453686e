/** Every role that an adapter in another process may play. One entry is all that a further role needs. */
import { entry, type RoleEntry } from "../remote-role.ts"
import { codecRole } from "./codec.ts"
import { consumerConnectionRole } from "./consumer-connection.ts"
import { producerConnectionRole } from "./producer-connection.ts"
import { discoveryRole } from "./raft-upgrade-discovery.ts"
import { replicationManagerRole } from "./replication-manager.ts"
import { replicatorRole } from "./replicator.ts"
import { sessionRegistryRole } from "./session-registry.ts"
import { viewBuildingWorkerRole } from "./view-building-worker.ts"

export const remoteRoles: ReadonlyArray<RoleEntry> = [
  entry(sessionRegistryRole),
  entry(consumerConnectionRole),
  entry(producerConnectionRole),
  entry(replicatorRole),
  entry(replicationManagerRole),
  entry(codecRole),
  entry(viewBuildingWorkerRole),
  entry(discoveryRole)
]
