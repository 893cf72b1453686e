/** The museums that there are, one for each protocol. */
import type { Museum } from "../cli/museum-api.ts"
import { dcpMuseum } from "./dcp/museum.ts"
import { raftUpgradeMuseum } from "./raft-upgrade/museum.ts"
import { sessionsMuseum } from "./sessions/museum.ts"
import { viewBuildingMuseum } from "./view-building/museum.ts"

export const museums: ReadonlyArray<Museum> = [dcpMuseum, sessionsMuseum, viewBuildingMuseum, raftUpgradeMuseum]
