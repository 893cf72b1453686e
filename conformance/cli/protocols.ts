/** The protocols that the command line knows, each with its words, its model and its checks. */
import { dcp as dcpModel } from "../../model/dcp/index.ts"
import type { ModelOf, Scope } from "../../model/kernel/scope.ts"
import { assumptions } from "../../spec/dcp/assumptions.ts"
import type { DcpLabel } from "../../spec/dcp/labels.ts"
import { laws } from "../../spec/dcp/laws.ts"
import type { Assumption, Law } from "../../spec/law.ts"
import { dcpChecks } from "./dcp-checks.ts"
import { dcpKnownBugs } from "./known-bugs.ts"
import type { RoleCheck } from "./role-check.ts"
import { dcpTranscripts } from "./transcript-check.ts"
import { named } from "./usage-error.ts"

/** What any step of any protocol looks like. */
export type Label = DcpLabel

export interface Protocol extends ModelOf<Label> {
  readonly laws: ReadonlyArray<Law<Label>>
  /** What the environment is trusted to do. Each can be switched off by its id. */
  readonly assumptions: ReadonlyArray<Assumption>
  /** Our implementations in their roles. */
  readonly checks: ReadonlyArray<RoleCheck>
  /** Implementations that have a known bug, which each check must find. */
  readonly knownBugs: ReadonlyArray<RoleCheck>
  /** Recordings of the real thing, replayed against the model. */
  readonly transcripts: ReadonlyArray<RoleCheck>
}

export const protocols: ReadonlyArray<Protocol> = [
  { ...dcpModel, laws, assumptions, checks: dcpChecks, knownBugs: dcpKnownBugs, transcripts: dcpTranscripts }
]

/** The protocol of this name. */
export const protocolNamed = (name: string): Protocol => named("protocol", name, protocols, ({ protocol }) => protocol)

/** The protocols that a command is about: the one that was named, or all. */
export const protocolsFor = (name: string | undefined): ReadonlyArray<Protocol> =>
  name === undefined ? protocols : [protocolNamed(name)]

/** A protocol's scope of this name. */
export const scopeNamed = ({ protocol, scopes }: Protocol, name: string): Scope<Label> =>
  named(`scope of ${protocol}`, name, scopes, (scope) => scope.name)
