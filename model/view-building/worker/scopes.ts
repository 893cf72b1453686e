/** The scopes of a worker. Counts are pinned: whoever changes a rule sees what it changes here. */
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { Scope } from "../../kernel/scope.ts"
import { failingScopes } from "./scopes-failing.ts"
import { holdingScopes } from "./scopes-holding.ts"

export const workerScopes: ReadonlyArray<Scope<ViewBuildingLabel>> = [...holdingScopes, ...failingScopes]
