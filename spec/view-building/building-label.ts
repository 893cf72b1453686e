/** What a step of any system of view building looks like from outside: of a whole cluster, or of one worker. */
import { Schema } from "effect"
import { ViewBuildingLabel } from "./labels.ts"
import { WorkerLabel } from "./worker/labels.ts"

/** A label of a cluster or of a worker. */
export const BuildingLabel = Schema.Union([ViewBuildingLabel, WorkerLabel])
export type BuildingLabel = typeof BuildingLabel.Type
