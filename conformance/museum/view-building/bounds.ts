/** What no law speaks of, and is bounded none the less: how much one command may write, and how much is read for nothing. */
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { Task } from "../../../spec/view-building/metadata.ts"

/** Something that breaks no law, and that the reference does not do. */
export interface Unbounded {
  readonly law: null
  readonly at: number
  readonly why: string
}

const placeOf = ({ base, replica, lastToken }: Task): string =>
  `tablet ${lastToken} of ${base} on ${replica.node}.${replica.shard}`

/** How often a coordinator reads group 0 in a row, and nothing else happens: once for what it has heard, once to collect. */
const mostReads = 3

/** A coordinator that has nothing to do leaves group 0 alone (M48e). */
const restless = (labels: ReadonlyArray<ViewBuildingLabel>): Unbounded | undefined => {
  let reads = 0
  for (const [at, label] of labels.entries()) {
    if (label._tag === "Elapsed") continue
    reads = label._tag === "GuardTaken" && label.by._tag === "Coordinator" ? reads + 1 : 0
    if (reads > mostReads) return { law: null, at, why: "a coordinator reads group 0 again and again for nothing" }
  }
  return undefined
}

/** However many staging sstables there are, a command makes one row for each tablet on a shard (M13). */
const crowded = (labels: ReadonlyArray<ViewBuildingLabel>): Unbounded | undefined => {
  for (const [at, label] of labels.entries()) {
    if (label._tag !== "Committed" || label.change._tag !== "RegisterStaging") continue
    const places = label.change.tasks.map(placeOf)
    const twice = places.find((place, index) => places.indexOf(place) !== index)
    if (twice !== undefined) return { law: null, at, why: `one command makes two staging tasks for ${twice}` }
  }
  return undefined
}

export const unbounded = (labels: ReadonlyArray<ViewBuildingLabel>): Unbounded | undefined =>
  crowded(labels) ?? restless(labels)
