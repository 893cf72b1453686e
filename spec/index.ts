/** The spec: words and laws. Audit this folder, and trust nothing else. */
export * as dcp from "./dcp/index.ts"
export * from "./ids.ts"
export * from "./law.ts"
export * from "./messages.ts"
export * from "./metadata.ts"
export * as raftUpgrade from "./raft-upgrade/index.ts"
export * as sessions from "./sessions/index.ts"
export * as viewBuilding from "./view-building/index.ts"
