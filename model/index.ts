/** The model: the kernel that systems are built from, the explorer that walks them, and the protocols. */
export * as dcp from "./dcp/index.ts"
export type { Certificate } from "./explorer/certificate.ts"
export type { Checkpoint } from "./explorer/checkpoint.ts"
export type { StoryStep } from "./explorer/errors.ts"
export type {
  DeadEnds,
  Exploration,
  ExploreOptions,
  LawResult,
  Progress,
  Stats,
  Verdict
} from "./explorer/exploration.ts"
export { explore } from "./explorer/explore.ts"
export type { Broken } from "./explorer/plain.ts"
export { type Enabled, type Simulation, simulate, type Taken } from "./explorer/simulate.ts"
export { exploreOrbits, type OrbitOptions } from "./explorer/symmetry/explore-orbits.ts"
export { NotSymmetric } from "./explorer/symmetry/symmetric.ts"
export type { SharedMemory } from "./explorer/team/shared.ts"
export { type WalkOptions, walk } from "./explorer/walk.ts"
export type { Walked } from "./explorer/walked.ts"
export * from "./kernel/cell.ts"
export * from "./kernel/channel.ts"
export * from "./kernel/role.ts"
export * from "./kernel/scope.ts"
export * from "./kernel/symmetry.ts"
export * from "./kernel/system.ts"
export * as raftUpgrade from "./raft-upgrade/index.ts"
export * as sessions from "./sessions/index.ts"
export * as viewBuilding from "./view-building/index.ts"
