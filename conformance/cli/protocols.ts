/** The protocols that the command line knows, each with its words, its model and its checks. */
import type { Schema } from "effect"
import { dcp as dcpModel } from "../../model/dcp/index.ts"
import type { ModelOf, Scope } from "../../model/kernel/scope.ts"
import { raftUpgrade as raftUpgradeModel } from "../../model/raft-upgrade/index.ts"
import { sessions as sessionsModel } from "../../model/sessions/index.ts"
import { viewBuilding as viewBuildingModel } from "../../model/view-building/index.ts"
import { assumptions as dcpAssumptions } from "../../spec/dcp/assumptions.ts"
import { DcpLabel } from "../../spec/dcp/labels.ts"
import { laws as dcpLaws } from "../../spec/dcp/laws.ts"
import type { Assumption, Law } from "../../spec/law.ts"
import { assumptions as raftUpgradeAssumptions } from "../../spec/raft-upgrade/assumptions.ts"
import { laws as raftUpgradeLaws } from "../../spec/raft-upgrade/laws.ts"
import { UpgradeLabel } from "../../spec/raft-upgrade/upgrade-label.ts"
import { assumptions as sessionsAssumptions } from "../../spec/sessions/assumptions.ts"
import { topologyLaws } from "../../spec/sessions/laws/topology.ts"
import { laws as clusterLaws } from "../../spec/sessions/laws.ts"
import { laws as registryLaws } from "../../spec/sessions/registry/laws.ts"
import { SessionsLabel } from "../../spec/sessions/sessions-label.ts"
import { assumptions as viewBuildingAssumptions } from "../../spec/view-building/assumptions.ts"
import { BuildingLabel } from "../../spec/view-building/building-label.ts"
import { laws as viewBuildingLaws } from "../../spec/view-building/laws.ts"
import type { Label } from "../report/story.ts"
import { dcpChecks } from "./dcp-checks.ts"
import { dcpKnownBugs } from "./known-bugs.ts"
import { raftUpgradeChecks, raftUpgradeKnownBugs } from "./raft-upgrade-checks.ts"
import { raftUpgradeClusterChecks } from "./raft-upgrade-cluster-checks.ts"
import type { RoleCheck } from "./role-check.ts"
import { sessionsChecks } from "./sessions-checks.ts"
import { sessionsKnownBugs } from "./sessions-known-bugs.ts"
import { sessionsTranscripts } from "./sessions-transcripts.ts"
import { dcpTranscripts } from "./transcript-check.ts"
import { named } from "./usage-error.ts"
import { viewBuildingChecks, viewBuildingKnownBugs } from "./view-building-checks.ts"
import { viewBuildingClusterChecks } from "./view-building-cluster-checks.ts"

export interface Protocol extends ModelOf<Label> {
  readonly laws: ReadonlyArray<Law<Label>>
  /** What the environment is trusted to do. Each can be switched off by its id. */
  readonly assumptions: ReadonlyArray<Assumption>
  /** What a step of this protocol looks like in a file. */
  readonly label: Schema.Codec<Label, unknown>
  /** States up to which a scope is explored in passing, when everything is checked. */
  readonly inPassing: number
  /** Our implementations in their roles. */
  readonly checks: ReadonlyArray<RoleCheck>
  /** Implementations that have a known bug, which each check must find. */
  readonly knownBugs: ReadonlyArray<RoleCheck>
  /** Recordings of the real thing, replayed against the model. */
  readonly transcripts: ReadonlyArray<RoleCheck>
}

const dcp: Protocol = {
  ...dcpModel,
  laws: dcpLaws,
  assumptions: dcpAssumptions,
  label: DcpLabel,
  inPassing: 20_000,
  checks: dcpChecks,
  knownBugs: dcpKnownBugs,
  transcripts: dcpTranscripts
}

const sessions: Protocol = {
  ...sessionsModel,
  laws: [...clusterLaws, ...topologyLaws, ...registryLaws],
  assumptions: sessionsAssumptions,
  label: SessionsLabel,
  inPassing: 6_000,
  checks: sessionsChecks,
  knownBugs: sessionsKnownBugs,
  transcripts: sessionsTranscripts
}

const viewBuilding: Protocol = {
  ...viewBuildingModel,
  laws: viewBuildingLaws,
  assumptions: viewBuildingAssumptions,
  label: BuildingLabel,
  inPassing: 2_000,
  checks: [...viewBuildingChecks, ...viewBuildingClusterChecks],
  knownBugs: viewBuildingKnownBugs,
  transcripts: []
}

const raftUpgrade: Protocol = {
  ...raftUpgradeModel,
  laws: raftUpgradeLaws,
  assumptions: raftUpgradeAssumptions,
  label: UpgradeLabel,
  inPassing: 500,
  checks: [...raftUpgradeChecks, ...raftUpgradeClusterChecks],
  knownBugs: raftUpgradeKnownBugs,
  transcripts: []
}

export const protocols: ReadonlyArray<Protocol> = [dcp, sessions, viewBuilding, raftUpgrade]

/** The protocol of this name. */
export const protocolNamed = (name: string): Protocol => named("protocol", name, protocols, ({ protocol }) => protocol)

/** The protocols that a command is about: the one that was named, or all. */
export const protocolsFor = (name: string | undefined): ReadonlyArray<Protocol> =>
  name === undefined ? protocols : [protocolNamed(name)]

/** A protocol's scope of this name. */
export const scopeNamed = ({ protocol, scopes }: Protocol, name: string): Scope<Label> =>
  named(`scope of ${protocol}`, name, scopes, (scope) => scope.name)
