/** The model of sessions: one registry, a whole cluster, their variants, and the scopes in which they are explored. */
import type { SessionsLabel } from "../../spec/sessions/sessions-label.ts"
import type { ModelOf, Scope } from "../kernel/scope.ts"
import { scopes as clusterScopes } from "./cluster/scopes.ts"
import { wholeStory } from "./cluster/whole-story.ts"
import { registryScopes } from "./registry/scopes.ts"
import { topologyScopes } from "./topology/scopes.ts"

export type { Bounds } from "./cluster/bounds.ts"
export { cluster } from "./cluster/cluster.ts"
export { asProposed, asShipped, reference, type Variant } from "./cluster/variant.ts"
export { varied } from "./cluster/varied.ts"
export { type RegistryBounds, registryAlone } from "./registry/registry-alone.ts"
export * as registryVariants from "./registry/variants.ts"

/** A registry's scopes are small and many, so they go by its name; where nothing is said, a whole cluster is meant. */
const ofRegistry: ReadonlyArray<Scope<SessionsLabel>> = registryScopes.map((scope) => ({
  ...scope,
  name: `registry.${scope.name}`
}))

/** Operations under the session of the topology as a whole: nodes that come and go, truncations. */
const ofTopology: ReadonlyArray<Scope<SessionsLabel>> = topologyScopes.map((scope) => ({
  ...scope,
  name: `topology.${scope.name}`
}))

/** Sessions as the explorer and the command line see them: clusters, operations of the ring, and single registries. */
export const sessions: ModelOf<SessionsLabel> = {
  protocol: "sessions",
  scopes: [...clusterScopes, wholeStory, ...ofTopology, ...ofRegistry]
}
