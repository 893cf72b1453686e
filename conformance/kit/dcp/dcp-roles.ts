/** The roles of DCP that can be checked: their parts, their environments, and one way to check or replay any of them. */
import type { Bounds } from "../../../model/dcp/bounds.ts"
import { pair } from "../../../model/dcp/pair.ts"
import { consumerAlone, producerAlone } from "../../../model/dcp/roles.ts"
import { type Variant, variants } from "../../../model/dcp/variants.ts"
import type { System } from "../../../model/kernel/system.ts"
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import type { ConsumerInput, ConsumerOutput, ProducerInput, ProducerOutput } from "../../../spec/dcp/messages.ts"
import { type CheckOptions, checkRole } from "../check-role.ts"
import type { LockstepOptions } from "../lockstep.ts"
import type { Part } from "../part.ts"
import type { RoleResult } from "../role-result.ts"
import type { Adapter } from "../role-under-test.ts"
import { TokenError } from "../sealed.ts"
import { graphFor, type PartGraph, stage } from "../stage.ts"
import { encodeToken, type Replay, type Replayed, replayOn } from "../token.ts"
import { consumerPart } from "./consumer-part.ts"
import { pairPart } from "./pair-part.ts"
import type { PairInput, PairOutput } from "./pair-words.ts"
import { producerPart } from "./producer-part.ts"
import type { Partitions } from "./seen-words.ts"

/** The environment of a check. `alone` is any input of a small alphabet; `pair` is callers, kv ends and faults. */
export interface DcpSetting {
  readonly environment: "alone" | "pair"
  /** A named variant, or one of nobody's. */
  readonly variant: keyof typeof variants | Variant
  readonly bounds: Bounds
}

interface Playing<Role extends string, I, O, V> {
  readonly role: Role
  readonly part: Part<DcpLabel, I, O, V>
  readonly graph: PartGraph<DcpLabel, I, O, V>
}

/** A part with the graph of its environment: built once for a setting, and used for as many checks as one likes. */
export type DcpGround =
  | Playing<"dcp/consumer-connection", ConsumerInput, ConsumerOutput, Partitions>
  | Playing<"dcp/producer-connection", ProducerInput, ProducerOutput, never>
  | Playing<"dcp/proxy-pair", PairInput, PairOutput, Partitions>

/** A role of DCP that an implementation may play. */
export type DcpRole = DcpGround["role"]

interface Plays<Role extends string> {
  readonly role: Role
}

/** An implementation of one of the roles. */
export type DcpAdapter =
  | (Adapter<ConsumerInput, ConsumerOutput, Partitions> & Plays<"dcp/consumer-connection">)
  | (Adapter<ProducerInput, ProducerOutput, never> & Plays<"dcp/producer-connection">)
  | (Adapter<PairInput, PairOutput, Partitions> & Plays<"dcp/proxy-pair">)

/** What any role of DCP may put out. */
export type DcpOutput = ConsumerOutput | ProducerOutput | PairOutput
/** What came of checking a role of DCP. */
export type DcpResult = RoleResult<DcpLabel, DcpOutput>

/** The environment's system. A whole pair can only be seen from its sockets, so theirs are always apart. */
export const dcpSystem = (role: DcpRole, { environment, variant, bounds }: DcpSetting): System<DcpLabel> => {
  const design = typeof variant === "string" ? variants[variant] : variant
  if (role === "dcp/proxy-pair") return pair(design, { ...bounds, sockets: true }, [])
  if (environment === "pair") return pair(design, bounds, [])
  return role === "dcp/consumer-connection" ? consumerAlone(design, bounds) : producerAlone(bounds)
}

/** The ground for checks of one role in one setting. */
export const dcpGround = (role: DcpRole, setting: DcpSetting): DcpGround => {
  const system = dcpSystem(role, setting)
  switch (role) {
    case "dcp/consumer-connection":
      return { role, part: consumerPart, graph: graphFor(system, consumerPart) }
    case "dcp/producer-connection":
      return { role, part: producerPart, graph: graphFor(system, producerPart) }
    case "dcp/proxy-pair":
      return { role, part: pairPart, graph: graphFor(system, pairPart) }
  }
}

type Options = Omit<CheckOptions<DcpLabel, unknown, DcpOutput, unknown>, "system" | "part" | "adapter" | "graph">

/** Checks an implementation on a ground of its role. */
export const checkDcp = (adapter: DcpAdapter, ground: DcpGround, options: Options): Promise<DcpResult> => {
  if (adapter.role === "dcp/consumer-connection" && ground.role === adapter.role)
    return checkRole({ ...options, ...ground, system: ground.graph.system, adapter })
  if (adapter.role === "dcp/producer-connection" && ground.role === adapter.role)
    return checkRole({ ...options, ...ground, system: ground.graph.system, adapter })
  if (adapter.role === "dcp/proxy-pair" && ground.role === adapter.role)
    return checkRole({ ...options, ...ground, system: ground.graph.system, adapter })
  throw new TypeError(`${adapter.name} plays ${adapter.role}, but the ground is for ${ground.role}`)
}

/** The token that shows a result's divergence again, if it has one. */
export const dcpToken = (result: DcpResult, setting: DcpSetting): string | undefined => {
  const { divergence, steps } = result
  if (divergence === undefined || steps === undefined) return undefined
  const { protocol, role, way, implementation } = result
  return encodeToken({ protocol, role, way, implementation, setting, steps, ...divergence.told })
}

/** Whether a token's setting can be one of ours. What is wrong inside its bounds shows as steps that are impossible. */
const isSetting = (setting: unknown): setting is DcpSetting => {
  const { environment, variant, bounds } = Object(setting) as Readonly<Record<string, unknown>>
  const design = typeof variant === "string" ? Object.hasOwn(variants, variant) : typeof variant === "object"
  return (environment === "alone" || environment === "pair") && design && typeof bounds === "object" && bounds !== null
}

/** Runs a replay against an implementation of the role that it is about. */
export const replayDcp = (
  replay: Replay,
  adapter: DcpAdapter,
  options: LockstepOptions = {}
): Promise<Replayed<DcpLabel, DcpOutput>> => {
  if (replay.role !== adapter.role)
    throw new TokenError(`this token is about ${replay.role}, but ${adapter.name} plays ${adapter.role}`)
  const { setting } = replay
  if (!isSetting(setting)) throw new TokenError("this token names no variant, bounds and environment of dcp")
  const ground = dcpGround(adapter.role, setting)
  if (adapter.role === "dcp/consumer-connection" && ground.role === adapter.role)
    return replayOn(stage(ground.graph, ground.part, adapter), replay, options)
  if (adapter.role === "dcp/producer-connection" && ground.role === adapter.role)
    return replayOn(stage(ground.graph, ground.part, adapter), replay, options)
  if (adapter.role === "dcp/proxy-pair" && ground.role === adapter.role)
    return replayOn(stage(ground.graph, ground.part, adapter), replay, options)
  throw new TokenError(`this token is about ${replay.role}, which is no role of dcp`)
}
