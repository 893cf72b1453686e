/** The model of view building: the workers of one node, their variants, and the scopes in which they are explored. */
import type { ViewBuildingLabel } from "../../spec/view-building/labels.ts"
import type { ModelOf, Scope } from "../kernel/scope.ts"
import { workerScopes } from "./worker/scopes.ts"

/** The scopes of a worker go by its name. */
const ofWorker: ReadonlyArray<Scope<ViewBuildingLabel>> = workerScopes.map((scope) => ({
  ...scope,
  name: `worker.${scope.name}`
}))

export const viewBuilding: ModelOf<ViewBuildingLabel> = {
  protocol: "view-building",
  scopes: ofWorker
}
