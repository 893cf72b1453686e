/** The scopes of a cluster with plain workers: those that hold, and those that must fail. */
import { failingScopes } from "./failing-scopes.ts"
import { holdingScopes } from "./holding-scopes.ts"

export const clusterScopes = [...holdingScopes, ...failingScopes]
