/** Our session registry in its role, and how a replay of it is set up. */
import { Schema } from "effect"
import { everything, type RegistryBounds } from "../../model/sessions/registry/registry-alone.ts"
import { reference, varied } from "../../model/sessions/registry/variants.ts"
import { laws } from "../../spec/sessions/registry/laws.ts"
import { checkRole } from "../kit/check-role.ts"
import { registryGraph, roomy } from "../kit/sessions/registry-ground.ts"
import { registryPart as part, type RegistryAdapter } from "../kit/sessions/registry-part.ts"
import { stage } from "../kit/stage.ts"
import { encodeToken, replayOn } from "../kit/token.ts"
import { registryAdapter } from "../museum/sessions/registry-adapter.ts"
import type { RoleCheck } from "./role-check.ts"
import { replayedRole, roleRow, walksOf } from "./role-row.ts"
import { clusterChecks } from "./sessions-cluster-check.ts"

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
export const registryCheck = (adapter: RegistryAdapter, setting: Setting, runs: number): RoleCheck => {
  let graph: ReturnType<typeof ground> | undefined
  return {
    protocol: part.protocol,
    role: "registry",
    environment: "",
    way: adapter.way,
    implementation: adapter.name,
    runs,
    check: async (effort) => {
      graph ??= ground(setting)
      const result = await checkRole({ system: graph.system, part, graph, adapter, ...walksOf(effort) })
      const { role, way, implementation, divergence, steps } = result
      const token =
        divergence === undefined || steps === undefined
          ? undefined
          : encodeToken({ protocol: part.protocol, role, way, implementation, setting, steps, ...divergence.told })
      return roleRow(result, "", laws, token)
    },
    replay: async (replay) => {
      const stand = stage(ground(decode(replay.setting)), part, adapter)
      return replayedRole(await replayOn(stand, replay), laws)
    }
  }
}

export const sessionsChecks: ReadonlyArray<RoleCheck> = [
  registryCheck(registryAdapter(), inOrder, 300),
  ...clusterChecks
]
