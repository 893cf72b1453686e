/**
 * A cluster that builds views: group 0, coordinators by term, the schema layer, tablets that move and split, and shards at work.
 *
 * Source: dossier view-building 1 to 3. A shard's worker is the least that coordinators need of one.
 */
import type { Law } from "../../../spec/law.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { electionRules } from "../../group0/elections.ts"
import type { System } from "../../kernel/system.ts"
import type { Variant } from "../variant.ts"
import type { Bounds } from "./bounds.ts"
import { buildingCells, listed } from "./cells.ts"
import { coordinatorRules, electionsOf } from "./coordinator-rules.ts"
import { faultRules } from "./fault-rules.ts"
import { memberRules } from "./member-rules.ts"
import { schemaRules } from "./schema-rules.ts"
import type { Setting } from "./setting.ts"
import { stagingRules } from "./staging-rules.ts"
import { tabletRules } from "./tablet-rules.ts"
import { workerRules } from "./worker-rules.ts"

/** The system of a variant within bounds, judged by the given laws. */
export const cluster = (
  variant: Variant,
  bounds: Bounds,
  laws: ReadonlyArray<Law<ViewBuildingLabel>>
): System<ViewBuildingLabel> => {
  const cells = buildingCells(bounds)
  const setting: Setting = { cells, variant, bounds }
  return {
    name: "view building cluster",
    cells: listed(cells),
    rules: [
      ...schemaRules(setting),
      ...tabletRules(setting),
      ...memberRules(setting),
      ...coordinatorRules(setting),
      ...(bounds.failovers > 0 ? electionRules(electionsOf(cells)) : []),
      ...workerRules(setting),
      ...stagingRules(setting),
      ...faultRules(setting)
    ],
    laws,
    observables: {}
  }
}
