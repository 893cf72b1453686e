/**
 * A cluster that builds views: group 0, coordinators by term, the schema layer, tablets that move and split, and shards at work.
 *
 * Source: dossier view-building 1 to 3. Whoever works on the shards is the business of its staff.
 */
import type { Law } from "../../../spec/law.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { electionRules } from "../../group0/elections.ts"
import type { System } from "../../kernel/system.ts"
import type { Variant } from "../variant.ts"
import type { WorkerVariant } from "../worker/variant.ts"
import type { Bounds } from "./bounds.ts"
import { buildingCells, groupZeroOf, listed } from "./cells.ts"
import { coordinatorRules, electionsOf } from "./coordinator-rules.ts"
import { faultRules } from "./fault-rules.ts"
import { memberRules } from "./member-rules.ts"
import { plainStaff } from "./plain/staff.ts"
import { schemaRules } from "./schema-rules.ts"
import type { Setting } from "./setting.ts"
import { workerStaff } from "./staffed/staff.ts"
import { stagingRules } from "./staging-rules.ts"
import { tabletRules } from "./tablet-rules.ts"

/** The system of a variant within bounds, judged by the given laws. */
export const cluster = (
  variant: Variant,
  worker: WorkerVariant,
  bounds: Bounds,
  laws: ReadonlyArray<Law<ViewBuildingLabel>>
): System<ViewBuildingLabel> => {
  const group0 = groupZeroOf(bounds)
  const staff = bounds.workers === "plain" ? plainStaff(bounds) : workerStaff(bounds, worker)
  const cells = buildingCells(bounds, group0, staff)
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
      ...staff.rules(setting),
      ...stagingRules(setting),
      ...faultRules(setting)
    ],
    laws,
    observables: {}
  }
}
