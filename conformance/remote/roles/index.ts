/** Every role that an adapter in another process may play. One entry is all that a further role needs. */
import { entry, type RoleEntry } from "../remote-role.ts"
import { consumerConnectionRole } from "./consumer-connection.ts"
import { sessionRegistryRole } from "./session-registry.ts"

export const remoteRoles: ReadonlyArray<RoleEntry> = [entry(sessionRegistryRole), entry(consumerConnectionRole)]
