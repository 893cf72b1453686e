/** What no law speaks of, and is bounded none the less: how much one command may write. */
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

/** However many staging sstables there are, a command makes one row for each tablet on a shard (M13). */
export const unbounded = (labels: ReadonlyArray<ViewBuildingLabel>): Unbounded | undefined => {
  for (const [at, label] of labels.entries()) {
    if (label._tag !== "Committed" || label.change._tag !== "RegisterStaging") continue
    const places = label.change.tasks.map(placeOf)
    const twice = places.find((place, index) => places.indexOf(place) !== index)
    if (twice !== undefined) return { law: null, at, why: `one command makes two staging tasks for ${twice}` }
  }
  return undefined
}
