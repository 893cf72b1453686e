/** Our implementations of sessions, each in its role, and how a replay of the registry is set up. */
import { Schema } from "effect"
import { everything, type RegistryBounds } from "../../model/sessions/registry/registry-alone.ts"
import { reference, varied } from "../../model/sessions/registry/variants.ts"
import { laws } from "../../spec/sessions/registry/laws.ts"
import { coordinatorAdapter } from "../adapters/sessions-cluster/coordinator.ts"
import { nodeAdapter } from "../adapters/sessions-cluster/node.ts"
import { firstForCoordinator } from "../kit/sessions/cluster/coordinator-orders.ts"
import { firstForNode } from "../kit/sessions/cluster/node-ground.ts"
import { registryGraph, roomy } from "../kit/sessions/registry-ground.ts"
import { registryPart as part, type RegistryAdapter } from "../kit/sessions/registry-part.ts"
import { registryAdapter } from "../museum/sessions/registry-adapter.ts"
import { lockstepCheck } from "./lockstep-check.ts"
import type { RoleCheck } from "./role-check.ts"
import { clusterChecks } from "./sessions-cluster-check.ts"
import { coordinatorCheck, replicaNodeCheck } from "./sessions-part-checks.ts"

/** Larger alphabets than this no kit has ever used. */
const upTo = (most: number) => Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: most }))

/** A setting comes from outside with a replay, and may be anything. */
const Setting = Schema.Struct({
  variant: Schema.Record(Schema.String, Schema.String),
  bounds: Schema.Struct({
    sessions: upTo(6),
    guards: upTo(64),
    drains: upTo(64),
    asks: Schema.Array(Schema.Literals(everything))
  })
})
type Setting = typeof Setting.Type

const decode = Schema.decodeUnknownSync(Setting)

const ground = ({ variant, bounds }: Setting) => registryGraph(varied(reference, variant), bounds)

/** Ours closes sessions in the order of their creation, and follows that variant to the letter. */
const inOrder: Setting = { variant: { base: "inCreationOrder" }, bounds: roomy satisfies RegistryBounds }

/** The role of a registry played by one adapter in one setting. */
export const registryCheck = (adapter: RegistryAdapter, setting: Setting, runs: number): RoleCheck =>
  lockstepCheck({ part, adapter, setting, decode, ground, laws, runs })

export const sessionsChecks: ReadonlyArray<RoleCheck> = [
  registryCheck(registryAdapter(), inOrder, 300),
  coordinatorCheck(coordinatorAdapter(firstForCoordinator), 100),
  replicaNodeCheck(nodeAdapter(firstForNode), 80),
  ...clusterChecks
]
