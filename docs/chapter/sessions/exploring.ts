/** Explorations that the numbers of the chapter on sessions come from. */
import { scopes } from "../../../model/sessions/cluster/scopes.ts"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { exploringOf } from "../exploring-of.ts"

export const { commandFor, exploredScope, numberOf, lawIn, breaks } = exploringOf<ClusterLabel>(
  "sessions",
  "SES",
  scopes
)
