/** Whether the coordinator of the newest term has done anything yet. */
import type { Memory } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import type { TabletId, Term } from "../metadata.ts"

export interface Succession {
  /** The term that was elected, null once its coordinator has acted. */
  readonly silent: Term | null
  readonly moving: ReadonlyArray<TabletId>
}

export const succession: Memory<Succession, ClusterLabel> = {
  name: "succession",
  init: { silent: null, moving: [] },
  on: (before, label) => {
    if (label._tag === "Elected") return { ...before, silent: label.term }
    if (label._tag === "BarrierBegan") return { ...before, silent: heard(before.silent, label.term) }
    if (label._tag !== "Committed") return before
    const { by, metadata } = label
    return {
      silent: by._tag === "Coordinator" ? heard(before.silent, by.term) : before.silent,
      moving: metadata.tablets.filter(({ transition }) => transition !== null).map(({ tablet }) => tablet)
    }
  }
}

const heard = (silent: Term | null, term: Term): Term | null => (silent !== null && term >= silent ? null : silent)
