/** Tablets whose last barrier in their stage has failed. */
import type { Memory } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import type { CommandIndex } from "../messages.ts"
import type { Metadata, TabletId, Term } from "../metadata.ts"
import { goingOf } from "./fences.ts"

export interface Failed {
  readonly term: Term
  readonly tablet: TabletId
}

export interface Failures {
  /** Null until somebody commits. */
  readonly metadata: Metadata | null
  readonly going: ReadonlyArray<{
    readonly term: Term
    readonly index: CommandIndex
    readonly tablets: ReadonlyArray<TabletId>
  }>
  readonly failed: ReadonlyArray<Failed>
}

export const failures: Memory<Failures, ClusterLabel> = {
  name: "failures",
  init: { metadata: null, going: [], failed: [] },
  on: (before, label) => {
    switch (label._tag) {
      // Nobody asks what became of the barriers of a coordinator that was replaced.
      case "Elected":
        return { ...before, going: [], failed: [] }
      case "Committed":
        return { ...before, metadata: label.metadata, failed: before.failed.filter(staysIn(before, label.metadata)) }
      case "BarrierBegan": {
        const { term, index, tablets } = label
        const failed = before.failed.filter((known) => known.term !== term || !tablets.includes(known.tablet))
        return { ...before, going: [...before.going, { term, index, tablets }], failed }
      }
      case "BarrierEnded": {
        const over = goingOf(before.going, label)
        const going = before.going.filter((other) => other !== over)
        const failed = over === undefined || label.ok ? [] : over.tablets.map((tablet) => ({ term: over.term, tablet }))
        return { ...before, going, failed: [...before.failed, ...failed] }
      }
      default:
        return before
    }
  }
}

/** Whether a tablet whose barrier failed is still in the stage that it failed in. */
const staysIn =
  ({ metadata }: Failures, next: Metadata) =>
  ({ tablet }: Failed): boolean => {
    const stageIn = (known: Metadata | null) =>
      known?.tablets.find((other) => other.tablet === tablet)?.transition?.stage
    return stageIn(metadata) === stageIn(next)
  }
