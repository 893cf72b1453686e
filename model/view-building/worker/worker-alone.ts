/**
 * The workers of one node alone, under an environment that does whatever group 0, coordinators, storage and operators may do.
 *
 * Source: dossier `view-building.md` 2.3, 2.4, 3.6. What surrounds the worker keeps the laws that are not the worker's.
 */
import type { Law } from "../../../spec/law.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { System } from "../../kernel/system.ts"
import { batchRules } from "./batch-rules.ts"
import type { WorkerBounds } from "./bounds.ts"
import { callRules } from "./call-rules.ts"
import { listed, workerCells } from "./cells.ts"
import { faultRules } from "./fault-rules.ts"
import { observerRules } from "./observer-rules.ts"
import { sceneRules } from "./scene-rules.ts"
import { stagingRules } from "./staging-rules.ts"
import { storageRules } from "./storage-rules.ts"
import type { WorkerVariant } from "./variant.ts"

export const workerAlone = (
  variant: WorkerVariant,
  bounds: WorkerBounds,
  laws: ReadonlyArray<Law<ViewBuildingLabel>>
): System<ViewBuildingLabel> => {
  const cells = workerCells(bounds)
  const stages = bounds.comings.some(({ as }) => as !== "write")
  return {
    name: "view building worker",
    cells: listed(cells),
    rules: [
      ...sceneRules(cells, bounds, variant),
      ...storageRules(cells, bounds, variant),
      ...observerRules(cells, bounds, variant),
      ...(stages ? stagingRules(cells, bounds, variant) : []),
      ...cells.shards.flatMap((own) => [
        ...callRules(cells, own, bounds, variant),
        ...batchRules(cells, own, bounds, variant)
      ]),
      ...faultRules(cells, bounds, variant)
    ],
    laws,
    observables: {}
  }
}
