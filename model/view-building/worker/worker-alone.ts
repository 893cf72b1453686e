/**
 * The workers of one node alone, under an environment that does whatever group 0, coordinators, storage and operators may do.
 *
 * Source: dossier `view-building.md` 2.3, 2.4, 3.6. What surrounds the worker keeps the laws that are not the worker's.
 */
import type { Law } from "../../../spec/law.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { view, write } from "../../kernel/cell.ts"
import type { System } from "../../kernel/system.ts"
import { reference } from "../variant.ts"
import { batchRules, type Ends } from "./batch-rules.ts"
import { trusting, type WorkerBounds } from "./bounds.ts"
import { callRules } from "./call-rules.ts"
import { listed, type WorkerCells, workerCells } from "./cells.ts"
import { faultRules } from "./fault-rules.ts"
import { observerRules } from "./observer-rules.ts"
import { home } from "./scene.ts"
import { askingRules } from "./scene-calls.ts"
import { sceneRules } from "./scene-rules.ts"
import type { Site, SiteShard } from "./site.ts"
import { stagingRules } from "./staging-rules.ts"
import { storageRules } from "./storage-rules.ts"
import type { WorkerVariant } from "./variant.ts"

export const workerAlone = (
  variant: WorkerVariant,
  bounds: WorkerBounds,
  laws: ReadonlyArray<Law<ViewBuildingLabel>>
): System<ViewBuildingLabel> => {
  const cells = workerCells(bounds)
  const site = siteOf(cells, variant, bounds)
  const stages = bounds.comings.some(({ as }) => as !== "write")
  return {
    name: "view building worker",
    cells: listed(cells),
    rules: [
      ...sceneRules(cells, bounds, variant),
      ...storageRules(cells, site, bounds),
      ...observerRules(site),
      ...(stages ? stagingRules(site) : []),
      ...askingRules(cells, site, bounds),
      ...site.shards.flatMap((own) => [...callRules(site, own), ...batchRules(site, own, endsOf(cells, own, bounds))]),
      ...faultRules(cells, site, bounds)
    ],
    laws,
    observables: {}
  }
}

const siteOf = (cells: WorkerCells, variant: WorkerVariant, bounds: WorkerBounds): Site => ({
  name: home,
  variant,
  ids: reference,
  group0: cells,
  node: cells.node,
  known: view(cells.node, "what it has applied", ({ at, state }) => ({ at, state })),
  follows: "later",
  notes: true,
  shards: cells.shards,
  trusting: (assumption) => trusting(bounds, assumption),
  answering: (_, labels) =>
    labels.flatMap((label) =>
      label._tag === "CallAnswered"
        ? [write(cells.desk, { hears: { call: label.call, shard: label.shard, answer: label.answer } })]
        : []
    )
})

/** Where nothing is to be built nothing is awaited before something has come. */
const endsOf = ({ mayFail, mayStop }: WorkerCells, { id }: SiteShard, bounds: WorkerBounds): Ends => {
  const { comings, drains, failures, steps, stops, tables } = bounds
  const isBuilding = tables.some(({ built }) => built !== true) || steps.some(({ _tag }) => _tag === "CreateView")
  return {
    mayFail: failures > 0 ? mayFail : null,
    mayStop: stops > 0 ? mayStop : null,
    mayBeInterrupted:
      (drains > 0 && isBuilding) || steps.some(({ _tag }) => _tag !== "CreateView" && _tag !== "DropTable"),
    mayAwait: comings.some(({ shard }) => shard === id) && (isBuilding || comings.length > 1)
  }
}
