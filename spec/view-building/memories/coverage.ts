/**
 * Which replicas have gone through which tokens for which view, as the dossier's ghost `built` tells it.
 *
 * A replica that takes over a tablet inherits from the one that leaves it. One that is added where nobody leaves inherits only
 * if no row says that something is left to be done.
 */
import type { Memory } from "../../law.ts"
import { leavingReplica, pendingReplica, type Replica, sameReplica } from "../../metadata.ts"
import type { ViewId } from "../ids.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import { type BuildingState, rangesOf, type Table, type TabletRange, tableOf } from "../metadata.ts"
import { afterBatches, type Batches, batchOf, idle } from "./batches.ts"
import { knownTask } from "./group-zero.ts"
import { areCovered, placeOf, type Range } from "./places.ts"

export interface Built extends Range, Replica {
  readonly view: ViewId
}

export interface Coverage extends Batches {
  /** By view, place and range. */
  readonly built: ReadonlyArray<Built>
}

/** Whether a replica has gone through a tablet for a view. */
export const isCovered = ({ built }: Pick<Coverage, "built">, view: ViewId, replica: Replica, range: Range): boolean =>
  areCovered(
    range,
    built.filter((one) => one.view === view && sameReplica(one, replica))
  )

export const coverage: Memory<Coverage, ViewBuildingLabel> = {
  name: "coverage",
  init: { ...idle, built: [] },
  on: (before, label) => {
    const now: Coverage = { ...before, ...afterBatches(before, label) }
    if (label._tag === "Committed") return { ...now, built: afterCommit(before, label.state) }
    if (label._tag !== "AttemptEnded" || !label.ok) return now
    const batch = batchOf(before, label)
    if (batch === undefined || batch.attempt === null || batch.type !== "build_range") return now
    const { node, shard } = label
    const { after, lastToken } = batch.attempt
    const views = batch.tasks.flatMap((id) => knownTask(before, id)?.view ?? [])
    return {
      ...now,
      built: merged(
        before.built,
        views.map((view) => ({ view, node, shard, after, lastToken }))
      )
    }
  }
}

const afterCommit = (before: Coverage, state: BuildingState): ReadonlyArray<Built> => {
  const views = state.tables.flatMap((table) => table.views)
  const kept = before.built.filter(({ view }) => views.includes(view))
  return state.tables.reduce<ReadonlyArray<Built>>((built, table) => {
    const was = before.state === null ? undefined : tableOf(before.state, table.base)
    return was === undefined ? built : merged(built, inherited(before, was, table))
  }, kept)
}

/** What new replicas of a table's tablets take over. */
const inherited = (before: Coverage, was: Table, is: Table): ReadonlyArray<Built> =>
  rangesOf(was).flatMap((tablet) => {
    const now = is.tablets.find(({ lastToken }) => lastToken === tablet.lastToken)
    const pending = pendingReplica(tablet)
    if (now === undefined || pending === undefined || !now.replicas.some((replica) => sameReplica(replica, pending)))
      return []
    const range = { after: tablet.after, lastToken: tablet.lastToken }
    return is.views
      .filter((view) => canInherit(before, was, tablet, view))
      .map((view) => ({ view, ...pending, ...range }))
  })

const canInherit = (before: Coverage, was: Table, tablet: TabletRange, view: ViewId): boolean => {
  const leaving = leavingReplica(tablet)
  if (leaving !== undefined) return isCovered(before, view, leaving, tablet)
  return !before.state?.tasks.some(
    (task) => task.base === was.base && task.view === view && task.lastToken === tablet.lastToken
  )
}

const textOf = ({ view, after, lastToken, ...replica }: Built): string =>
  `${view} ${placeOf(replica)} ${after} ${lastToken}`

const merged = (built: ReadonlyArray<Built>, more: ReadonlyArray<Built>): ReadonlyArray<Built> => {
  const all = new Map([...built, ...more].map((one) => [textOf(one), one]))
  return [...all.keys()].sort().map((key) => all.get(key)!)
}
