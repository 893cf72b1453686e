/** Where view building workers are checked: the graphs that tours and random walks go through. */
import { alone } from "../../../model/view-building/worker/alone/alone.ts"
import type { AloneBounds } from "../../../model/view-building/worker/alone/bounds.ts"
import type { AloneDesign } from "../../../model/view-building/worker/alone/design.ts"
import { workerRoleLaws } from "../../../spec/view-building/worker/laws.ts"
import { graphFor } from "../stage.ts"
import { workerPart } from "./worker-part.ts"

/** The graph of a worker alone, prepared for whoever plays it. */
export const workerGraph = (design: AloneDesign, bounds: AloneBounds) =>
  graphFor(alone(design, bounds, workerRoleLaws), workerPart)

/** The same for a tour: what laws remember of tasks that are long gone would keep one state apart from itself. */
export const tourGraph = (design: AloneDesign, bounds: AloneBounds) => graphFor(alone(design, bounds, []), workerPart)
