/** Tablets that are being repaired before they are rebuilt, and for which of them that was done. */
import type { Memory } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import type { TabletId } from "../metadata.ts"

export interface Rebuild {
  readonly tablet: TabletId
  readonly repaired: boolean
}

export interface Rebuilds {
  /** Those in the stage of the repair. */
  readonly going: ReadonlyArray<Rebuild>
}

export const rebuilds: Memory<Rebuilds, ClusterLabel> = {
  name: "rebuilds",
  init: { going: [] },
  on: ({ going }, label) => {
    if (label._tag === "Committed") {
      const now = label.metadata.tablets.filter(({ transition }) => transition?.stage === "rebuild_repair")
      return {
        going: now.map(({ tablet }) => going.find((known) => known.tablet === tablet) ?? { tablet, repaired: false })
      }
    }
    if (label._tag !== "OperationEnded" || label.operation !== "repair" || label.reason !== null) return { going }
    return { going: going.map((known) => (known.tablet === label.tablet ? { ...known, repaired: true } : known)) }
  }
}
