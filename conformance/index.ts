/** Conformance: the kit that walks a model with an implementation beside it, DCP's roles for it, and how results are told. */

export { type Launch, type RunningReplicator, wireAdapter } from "./adapters/dcp-wire/wire-pair.ts"
export { type CheckOptions, checkRole } from "./kit/check-role.ts"
export { checkDcp, dcpGround, dcpToken, replayDcp } from "./kit/dcp/dcp-roles.ts"
export { alone, between } from "./kit/dcp/settings.ts"
export type { Part, Play } from "./kit/part.ts"
export type { RoleResult, RoleVerdict } from "./kit/role-result.ts"
export type { Adapter, Died, Reaction, Seen, Session, Strange } from "./kit/role-under-test.ts"
export { decodeToken, encodeToken } from "./kit/token.ts"
export { renderReport } from "./report/html.ts"
export type { Report } from "./report/report.ts"
