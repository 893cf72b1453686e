/** What happens to a cluster in one part of the battery, and what is heard of it. */
import { Cluster, t, v } from "../../../impl/view-building/node/local-cluster.ts"
import type { Law } from "../../../spec/law.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { buildingLaws } from "../../../spec/view-building/laws.ts"
import type { Change } from "./mutant.ts"
import { Patience } from "./patience.ts"

/** It knows nothing of who is examined: what it waits for comes about with the reference. */
export interface Story {
  readonly name: string
  /** Assumptions that it does not keep to in the end: it stops in the middle, and what counts on them is not judged. */
  readonly without?: ReadonlyArray<string>
  /** Begins with a cluster of three nodes that has a table with rows, and no view. */
  readonly happens: (cluster: Cluster) => Promise<void>
  /** Nodes of an older release. */
  readonly old?: ReadonlyArray<string>
  /** It is judged as it ends, and not when all is well again: whatever is wrong in it is no hindrance to anything. */
  readonly endsAsItIs?: boolean
}

/** What came of a story. */
export interface Told {
  readonly labels: ReadonlyArray<ViewBuildingLabel>
  /** What nobody foresaw: a node that fails where it must not, or a story that does not go on. */
  readonly defects: ReadonlyArray<string>
}

/** How long a cluster has, in the end, to do what is left to be done, and how long nothing must come up for it to be over. */
const longestRestTenths = 400
const quietTenths = 20

/** The laws that a story can be judged by. */
export const lawsOf = ({ without = [] }: Story): ReadonlyArray<Law<ViewBuildingLabel>> =>
  buildingLaws.filter((law) => law.modality !== "leadsTo" || !law.given.some((one) => without.includes(one)))

/** Tells a story of a cluster, and lets it come to rest: whoever waits then waits for ever. */
export const tell = async ({ happens, old, endsAsItIs = false }: Story, change: Change): Promise<Told> => {
  let holdAll = (): void => {}
  const patience = new Patience(() => holdAll())
  const { heard } = patience
  const cluster = await Cluster.withTable({ ...change, ...(old === undefined ? {} : { old }), heard })
  holdAll = () => cluster.hold(/./)
  const stuck: unknown[] = []
  for (const part of endsAsItIs ? [happens] : [happens, rest])
    try {
      const why = patience.isOver ? undefined : await patience.waitFor(part(cluster))
      if (why !== undefined) stuck.push(why)
    } catch (error) {
      stuck.push(error)
    }
  return { labels: [...cluster.labels], defects: [...cluster.defects, ...stuck].map(String) }
}

const rest = async (cluster: Cluster): Promise<void> => {
  await cluster.calm()
  for (let tenth = 0, quiet = 0; tenth < longestRestTenths && quiet < quietTenths; tenth++) {
    await cluster.pass(100)
    quiet = cluster.isIdle ? quiet + 1 : 0
  }
}

const paused = "view_building_worker_pause_build_range_task"

/** A view was created, and every batch waits where it has read its rows. */
export const building = async (cluster: Cluster): Promise<void> => {
  cluster.everywhere(paused, "enable")
  await cluster.soon(cluster.on("B").operator.createView(t, v))
}

export const goesOn = async (cluster: Cluster): Promise<void> => {
  cluster.everywhere(paused, "disable")
  await cluster.flush()
}
