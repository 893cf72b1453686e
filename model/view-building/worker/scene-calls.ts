/** Coordinators around a worker that is alone: the newest asks, and so may one that it has replaced. */
import type { Term } from "../../../spec/metadata.ts"
import type { CallId } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { BuildingState } from "../../../spec/view-building/metadata.ts"
import { write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import type { WorkerBounds } from "./bounds.ts"
import type { WorkerCells } from "./cells.ts"
import type { Desk } from "./desk.ts"
import { home, selected, startedOn } from "./scene.ts"
import { type Firings, puts } from "./shard-firing.ts"
import { on, type Site, type SiteShard } from "./site.ts"
import type { Shard } from "./state.ts"

export const askingRules = (
  cells: WorkerCells,
  site: Site,
  bounds: WorkerBounds
): ReadonlyArray<Rule<ViewBuildingLabel>> =>
  site.shards.flatMap((own) => [asks(cells, site, own), ...(bounds.lateCalls > 0 ? [asksLate(cells, site, own)] : [])])

const freeCall = ({ out }: Desk): CallId => {
  let free = 1
  while (out.some(({ call }) => call === free)) free += 1
  return free as CallId
}

/** A coordinator of a term asks a shard for some tasks. */
const asking = (
  cells: WorkerCells,
  site: Site,
  own: SiteShard,
  asked: { readonly term: Term; readonly tasks: ReturnType<typeof selected> },
  desk: Desk,
  shard: Shard
): Firings => {
  const { term, tasks } = asked
  if (tasks.length === 0) return []
  const call = freeCall(desk)
  const told = { _tag: "CallArrived", node: home, shard: own.id, call, tasks } as const
  const arrived: ViewBuildingLabel = site.variant.batches === "byCalls" ? { ...told, term } : told
  return puts(
    site,
    own,
    shard,
    { _tag: "CallArrives", call, term, tasks },
    [arrived],
    [write(cells.desk, { asks: { call, term, shard: own.id } })]
  )
}

/** In the variant of 2025 a coordinator asks for what was started, and not twice for what it was told. */
const toAsk = (
  { variant }: Site,
  state: BuildingState,
  { id }: SiteShard,
  finished: Desk["finished"]
): ReturnType<typeof selected> => {
  const replica = { node: home, shard: id }
  return variant.batches === "byCalls"
    ? selected(state, replica, finished)
    : startedOn(state, replica).filter((task) => !finished.includes(task))
}

/** Enabled when the newest coordinator has no call out to the shard, and something to ask of it. */
const asks = (cells: WorkerCells, site: Site, own: SiteShard) =>
  on(
    `a coordinator asks ${own.place}`,
    { actor: "coordinator", fair: "none", reads: [cells.head, cells.term, cells.desk, own.shard] },
    (head, term, desk, shard): Firings => {
      if (desk.out.some((call) => call.term === term && call.shard === own.id)) return []
      const tasks = toAsk(site, head.metadata.state, own, desk.finished)
      return asking(cells, site, own, { term, tasks }, desk, shard)
    }
  )

/** A call of a coordinator that has been replaced comes late. */
const asksLate = (cells: WorkerCells, site: Site, own: SiteShard) =>
  on(
    `a replaced coordinator asks ${own.place}`,
    { actor: "coordinator", fair: "none", reads: [cells.head, cells.term, cells.desk, cells.mayCallLate, own.shard] },
    (head, term, desk, left, shard): Firings => {
      if (term === 1 || left === 0 || desk.out.some((call) => call.term === term - 1)) return []
      const tasks = toAsk(site, head.metadata.state, own, [])
      return asking(cells, site, own, { term: (term - 1) as Term, tasks }, desk, shard).map((firing) => ({
        ...firing,
        writes: [...firing.writes, write(cells.mayCallLate, "spend")]
      }))
    }
  )
