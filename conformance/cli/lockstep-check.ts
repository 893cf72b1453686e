/** A role that is checked in lockstep with its model, as the commands see it. */
import type { Law } from "../../spec/law.ts"
import { checkRole } from "../kit/check-role.ts"
import type { Part } from "../kit/part.ts"
import type { Adapter } from "../kit/role-under-test.ts"
import { type PartGraph, stage } from "../kit/stage.ts"
import { encodeToken, replayOn } from "../kit/token.ts"
import type { Label } from "../report/story.ts"
import type { RoleCheck } from "./role-check.ts"
import { replayedRole, roleRow, walksOf } from "./role-row.ts"

interface Lockstep<L extends Label, I, O, V, Setting> {
  readonly part: Part<L, I, O, V>
  readonly adapter: Adapter<I, O, V>
  /** What surrounds the role, where there is a choice. */
  readonly environment?: string
  readonly setting: Setting
  /** A setting comes from outside with a replay, and may be anything. Throws where it is none. */
  readonly decode: (setting: unknown) => Setting
  readonly ground: (setting: Setting) => PartGraph<L, I, O, V>
  readonly laws: ReadonlyArray<Law<L>>
  readonly runs: number
  /** The longest run; the kit's own where nothing is said. */
  readonly maxCommands?: number
}

/** The row of a role that one adapter plays in one setting. */
export const lockstepCheck = <L extends Label, I, O extends { readonly _tag: string }, V, Setting>({
  part,
  adapter,
  environment = "",
  setting,
  decode,
  ground,
  laws,
  runs,
  maxCommands
}: Lockstep<L, I, O, V, Setting>): RoleCheck => {
  let graph: PartGraph<L, I, O, V> | undefined
  const longest = maxCommands === undefined ? {} : { maxCommands }
  return {
    protocol: part.protocol,
    role: part.role.slice(`${part.protocol}/`.length),
    environment,
    way: adapter.way,
    implementation: adapter.name,
    runs,
    check: async (effort) => {
      graph ??= ground(setting)
      const { system } = graph
      const result = await checkRole({ system, part, graph, adapter, ...longest, ...walksOf(effort) })
      const { protocol, role, way, implementation, divergence, steps } = result
      const token =
        divergence === undefined || steps === undefined
          ? undefined
          : encodeToken({ protocol, role, way, implementation, setting, steps, ...divergence.told })
      return roleRow(result, environment, laws, token)
    },
    replay: async (replay) =>
      replayedRole(await replayOn(stage(ground(decode(replay.setting)), part, adapter), replay), laws)
  }
}
