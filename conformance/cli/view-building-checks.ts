/** Our implementations of view building, each in its role, and those that have a known bug. */
import { Schema } from "effect"
import { aloneBounds, type BoundsName, boundsNames } from "../../model/view-building/worker/alone/bounds.ts"
import { aloneDesigns, type DesignName, designNames } from "../../model/view-building/worker/alone/design.ts"
import { workerRoleLaws } from "../../spec/view-building/worker/laws.ts"
import { shippedWorkerAdapter, workerAdapter } from "../adapters/view-building-worker.ts"
import { workerGraph } from "../kit/view-building/worker-ground.ts"
import { type WorkerAdapter, workerPart } from "../kit/view-building/worker-part.ts"
import { known } from "./known-failure.ts"
import { lockstepCheck } from "./lockstep-check.ts"
import type { RoleCheck } from "./role-check.ts"

/** A setting comes from outside with a replay, and may be anything. */
const Setting = Schema.Struct({ design: Schema.Literals(designNames), bounds: Schema.Literals(boundsNames) })

/** The role of a worker played by one adapter, beside one design. */
export const workerCheck = (
  adapter: WorkerAdapter,
  environment: string,
  setting: { readonly design: DesignName; readonly bounds: BoundsName },
  runs: number
): RoleCheck =>
  lockstepCheck({
    part: workerPart,
    adapter,
    environment,
    setting,
    decode: Schema.decodeUnknownSync(Setting),
    ground: ({ design, bounds }) => workerGraph(aloneDesigns[design], aloneBounds[bounds]),
    laws: workerRoleLaws,
    runs
  })

/** Ours goes first come, first served, and follows that design to the letter, as what ships does. */
export const viewBuildingChecks: ReadonlyArray<RoleCheck> = [
  workerCheck(workerAdapter(), "", { design: "inOrder", bounds: "roomy" }, 200),
  workerCheck(shippedWorkerAdapter(), "as shipped", { design: "asShipped", bounds: "roomy" }, 100)
]

/** What ships begins batches of tasks that are aborted (M35), and absorbs whatever batch is there (M36). */
export const viewBuildingKnownBugs: ReadonlyArray<RoleCheck> = [
  known(workerCheck(shippedWorkerAdapter(), "as shipped, not as repaired", { design: "inOrder", bounds: "roomy" }, 200))
]
