/** Which values conditional writes have replaced, so that nobody finds them again. */
import type { Memory } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import type { RequestId } from "../messages.ts"
import type { TabletId } from "../metadata.ts"
import { lostTablets } from "./acknowledged.ts"

/** A value of a key, null for none. */
interface Valued {
  readonly tablet: TabletId
  readonly key: string
  readonly value: string | null
}

/** A conditional write that goes on, by the value that it asks for. */
export interface Conditional extends Valued {
  readonly request: RequestId
}

/** By whom a value was replaced. */
export interface Replaced extends Valued {
  readonly by: RequestId
}

export interface Conditions {
  readonly going: ReadonlyArray<Conditional>
  readonly replaced: ReadonlyArray<Replaced>
}

export const conditions: Memory<Conditions, ClusterLabel> = {
  name: "conditions",
  init: { going: [], replaced: [] },
  on: (before, label) => {
    switch (label._tag) {
      case "RequestBegan": {
        const { request, tablet, key, row, condition } = label
        if (row === null) return before
        // Whoever writes a value again brings it back, and a deletion brings back that there is none.
        const again: Valued = { tablet, key, value: row.value }
        const replaced = before.replaced.filter((gone) => !isSame(gone, again))
        const going: ReadonlyArray<Conditional> =
          condition === undefined ? before.going : [...before.going, { request, tablet, key, value: condition }]
        return { going, replaced }
      }
      case "RequestEnded": {
        const over = before.going.find(({ request }) => request === label.request)
        if (over === undefined) return before
        const { request: by, ...value } = over
        const going = before.going.filter((other) => other !== over)
        return { going, replaced: label.applied === true ? [...before.replaced, { ...value, by }] : before.replaced }
      }
      case "Truncated":
        return notOf(before, [label.tablet])
      case "Committed":
        return notOf(before, lostTablets(label.metadata))
      default:
        return before
    }
  }
}

const isSame = (one: Valued, other: Valued): boolean =>
  one.tablet === other.tablet && one.key === other.key && one.value === other.value

/** The same without tablets of which nothing is promised any more. */
const notOf = (before: Conditions, tablets: ReadonlyArray<TabletId>): Conditions =>
  before.replaced.some(({ tablet }) => tablets.includes(tablet))
    ? { ...before, replaced: before.replaced.filter(({ tablet }) => !tablets.includes(tablet)) }
    : before

/** Who has replaced the value that a conditional write asks for. */
export const replacerOf = ({ going, replaced }: Conditions, request: RequestId): Replaced | undefined => {
  const asking = going.find((conditional) => conditional.request === request)
  return asking === undefined ? undefined : replaced.find((gone) => isSame(gone, asking))
}
