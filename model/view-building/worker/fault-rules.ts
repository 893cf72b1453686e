/** What goes wrong with a node, and how it ends: it falls and comes back, it is drained; and coordinators change. */
import type { Term } from "../../../spec/metadata.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import type { WorkerBounds } from "./bounds.ts"
import type { WorkerCells } from "./cells.ts"
import { falling, found, stagingOf, told } from "./discovery.ts"
import { home } from "./scene.ts"
import { type Firings, puts } from "./shard-firing.ts"
import { on, type Site, type SiteShard } from "./site.ts"

export const faultRules = (
  cells: WorkerCells,
  site: Site,
  bounds: WorkerBounds
): ReadonlyArray<Rule<ViewBuildingLabel>> => [
  ...(bounds.failovers > 0 ? [failsOver(cells)] : []),
  ...(bounds.restarts > 0 ? [restarts(cells, site)] : []),
  ...(bounds.drains > 0 ? [...site.shards.map((own) => drains(cells, site, own)), isDrained(cells, site)] : [])
]

/** Another coordinator begins. It knows nothing of what the last one was told. */
const failsOver = (cells: WorkerCells) =>
  on(
    "another coordinator is elected",
    { actor: "group 0", fair: "none", reads: [cells.term, cells.mayFailOver] },
    (term, left): Firings => {
      if (left === 0) return []
      const next = (term + 1) as Term
      return [
        {
          labels: [{ _tag: "Elected", term: next, node: home }],
          writes: [write(cells.group0, "elect"), write(cells.desk, { elects: next }), write(cells.mayFailOver, "spend")]
        }
      ]
    }
  )

/** W9 and W10: all that is not on disk is lost, and what is in staging there is found. */
const restarts = (cells: WorkerCells, site: Site) =>
  on(
    "the node falls and comes back",
    { actor: home, fair: "none", reads: [site.known, cells.mayRestart, ...site.shards.map(stagingOf)] },
    (known, left, ...staging): Firings => {
      if (left === 0 || known.at === 0) return []
      const all = found(site, known, staging)
      return [
        {
          labels: [{ _tag: "Stopped", node: home }, ...told(site, all)],
          writes: [...falling(site, all), write(cells.desk, "loses"), write(cells.mayRestart, "spend")]
        }
      ]
    }
  )

/** W11 on one shard. */
const drains = (cells: WorkerCells, site: Site, own: SiteShard) =>
  on(
    `${own.place} is drained`,
    { actor: home, fair: "none", reads: [cells.mayDrain, site.known, own.shard] },
    (left, known, shard): Firings =>
      left === 0 || known.at === 0 || shard.drained ? [] : puts(site, own, shard, { _tag: "Drains" })
  )

/** Every shard is. The observer and the registrator have come to an end too. */
const isDrained = (cells: WorkerCells, site: Site) =>
  on(
    "the node is drained",
    { actor: home, fair: "none", reads: [cells.mayDrain, site.node, ...site.shards.map(({ shard }) => shard)] },
    (left, node, ...shards): Firings =>
      left === 0 ||
      node.at === 0 ||
      node.drained ||
      !(site.variant.drain === "leavesAlone" || shards.every(({ drained }) => drained))
        ? []
        : [
            {
              labels: [{ _tag: "Drained", node: home }],
              writes: [write(cells.mayDrain, "spend"), write(site.node, { ...node, drained: true, registering: null })]
            }
          ]
  )
