import { isAt } from "../../../../impl/view-building/changes/draft.ts"
import { move } from "../../../../impl/view-building/changes/tablets.ts"
import { leavingReplica } from "../../../../spec/metadata.ts"
import { mutant } from "../mutant.ts"

export const M30 = mutant(
  "M30",
  {
    sentence: "A tablet moves, and what was to be done on the old replica is not to be done on the new one.",
    origin: "scylladb issue 21564",
    breaks: ["S8"],
    seenIn: "a tablet moves while it is built from"
  },
  {
    changes: {
      move: (draft, base, tablet, to, options) => {
        const leaving = leavingReplica(tablet)
        if (to === null && tablet.transition?.stage === "end_migration" && leaving !== undefined)
          draft.remove(isAt(base, tablet.lastToken, leaving))
        move(draft, base, tablet, to, options)
      }
    }
  }
)
