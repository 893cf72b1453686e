/** Conformance: the kit that walks a model with an implementation beside it, the roles of DCP and of sessions for it, and how results are told. */

export { type KvPorts, type Launch, type RunningReplicator, wireAdapter } from "./adapters/dcp-wire/wire-pair.ts"
export { type CheckOptions, checkRole } from "./kit/check-role.ts"
export {
  checkDcp,
  type DcpAdapter,
  type DcpGround,
  type DcpOutput,
  type DcpResult,
  type DcpRole,
  type DcpSetting,
  dcpGround,
  dcpToken,
  replayDcp
} from "./kit/dcp/dcp-roles.ts"
export type { PairInput, PairOutput } from "./kit/dcp/pair-words.ts"
export type { Partitions } from "./kit/dcp/seen-words.ts"
export { alone, between } from "./kit/dcp/settings.ts"
export type { Divergence } from "./kit/divergence.ts"
export type { BrokenLaw } from "./kit/law-memories.ts"
export type { LawStory, LawWalks } from "./kit/law-walk.ts"
export type { LockstepOptions } from "./kit/lockstep.ts"
export type { Part, Play, Step } from "./kit/part.ts"
export type { LawOutcome, RoleResult, RoleVerdict } from "./kit/role-result.ts"
export type { Adapter, Died, Doubt, Reaction, Seen, Session, Strange } from "./kit/role-under-test.ts"
export { lawsBroken, type RegistryWalks } from "./kit/sessions/by-laws.ts"
export { bounded, quiet, registryGraph, roomy } from "./kit/sessions/registry-ground.ts"
export { type RegistryAdapter, registryPart } from "./kit/sessions/registry-part.ts"
export type { PartGraph } from "./kit/stage.ts"
export { decodeToken, encodeToken, Replay, type Replayed } from "./kit/token.ts"
export { renderPage } from "./report/html.ts"
export type { Exploration, LawVerdict, ProtocolResult, Report, Verdict } from "./report/report.ts"
export type { Comparison } from "./report/run/compare.ts"
export type { LineOf } from "./report/run/lines.ts"
export { RunError, readRun } from "./report/run/read.ts"
export type { At, Run } from "./report/run/run.ts"
