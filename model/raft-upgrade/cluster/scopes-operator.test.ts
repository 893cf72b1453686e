// Goal: nodes leave, are taken out, and are brought back by the recipe, and every mistake in it is told by the laws that it breaks.
// Method: each scope is explored to its end, and its counts and verdicts are as pinned.
import { upgradeWitnesses } from "../../../spec/raft-upgrade/laws/witnesses.ts"
import { claimScopes } from "../scopes.test-support.ts"
import { recoveryScopes } from "./scopes-recovery.ts"
import { ringScopes } from "./scopes-ring.ts"

/** Nobody leaves the old path while a change is on it, nor waits by the clock, nor tells of others while he looks for the group. */
const elsewhere = ["RU-W2", "RU-W6", "RU-W7", "RU-W15"]

claimScopes(
  "raft upgrade: operator",
  [...ringScopes, ...recoveryScopes],
  upgradeWitnesses.filter(({ id }) => !elsewhere.includes(id))
)
