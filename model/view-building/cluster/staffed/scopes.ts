/** The scopes of a cluster with workers as they are: those that hold, what ships, and those that must fail. */
import { failingScopes } from "./scopes-failing.ts"
import { holdingScopes, shippedScopes } from "./scopes-holding.ts"
import { largeScopes } from "./scopes-large.ts"

export const staffedScopes = [...holdingScopes, ...shippedScopes, ...failingScopes, ...largeScopes]
