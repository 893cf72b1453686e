/** A protocol's scope by name, for threads that are told in JSON what to explore. */
import { dcp } from "../../model/dcp/index.ts"
import type { ModelOf, Overrides } from "../../model/kernel/scope.ts"
import type { System } from "../../model/kernel/system.ts"
import { raftUpgrade } from "../../model/raft-upgrade/index.ts"
import { sessions } from "../../model/sessions/index.ts"
import { viewBuilding } from "../../model/view-building/index.ts"
import type { Source } from "../explorer-io/source.ts"
import type { Label } from "../report/story.ts"
import { named } from "./usage-error.ts"

const models: ReadonlyArray<ModelOf<Label>> = [dcp, sessions, viewBuilding, raftUpgrade]

/**
 * Builds the system of a scope.
 *
 * @public Helpers import it by its name.
 */
export const scopeSystem = (protocol: string, scope: string, overrides: Overrides): System<Label> => {
  const { scopes } = named("protocol", protocol, models, (model) => model.protocol)
  return named("scope", scope, scopes, ({ name }) => name).system(overrides)
}

/** Where another thread finds that system. */
export const sourceOf = (protocol: string, scope: string, { variant, without }: Overrides): Source => ({
  module: import.meta.url,
  maker: "scopeSystem",
  arguments: [protocol, scope, { variant, without }]
})
