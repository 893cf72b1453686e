// Goal: a cluster is seen whole on its way. Method: each scope is explored to its end, and its counts and verdicts are as pinned.
import { upgradeWitnesses } from "../../../spec/raft-upgrade/laws/witnesses.ts"
import { claimScopes } from "../scopes.test-support.ts"
import { upgradeScopes } from "./scopes.ts"

/** Whom a node tells of is for discovery alone; nobody is taken out of a group, or asked in recovery: that is for the operator. */
const elsewhere = ["RU-W2", "RU-W11", "RU-W12"]

claimScopes(
  "raft upgrade: scopes",
  upgradeScopes,
  upgradeWitnesses.filter(({ id }) => !elsewhere.includes(id))
)
