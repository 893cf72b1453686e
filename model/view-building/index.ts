/** The model of view building: a cluster with its coordinators, the workers of one node, their variants, and scopes. */
import type { ViewBuildingLabel } from "../../spec/view-building/labels.ts"
import type { ModelOf, Scope } from "../kernel/scope.ts"
import { clusterScopes } from "./cluster/scopes.ts"
import { staffedScopes } from "./cluster/staffed/scopes.ts"
import { workerScopes } from "./worker/scopes.ts"

/** Those of a cluster whose workers are plain show what coordinators do, and go by their name. */
const ofCoordinator: ReadonlyArray<Scope<ViewBuildingLabel>> = clusterScopes.map((scope) => ({
  ...scope,
  name: `coordinator.${scope.name}`
}))

/** Those whose workers are as they are show both together. */
const ofBoth: ReadonlyArray<Scope<ViewBuildingLabel>> = staffedScopes.map((scope) => ({
  ...scope,
  name: `cluster.${scope.name}`
}))

/** The scopes of a worker go by its name. */
const ofWorker: ReadonlyArray<Scope<ViewBuildingLabel>> = workerScopes.map((scope) => ({
  ...scope,
  name: `worker.${scope.name}`
}))

export { cluster } from "./cluster/cluster.ts"
export { asShipped, original2025, reference, type Variant } from "./variant.ts"
export { varied } from "./varied.ts"

/** The building of views: what is explored, and under which names. */
export const viewBuilding: ModelOf<ViewBuildingLabel> = {
  protocol: "view-building",
  scopes: [...ofCoordinator, ...ofWorker, ...ofBoth]
}
