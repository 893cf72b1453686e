import { move } from "../../../../impl/view-building/changes/tablets.ts"
import { mutant } from "../mutant.ts"

export const M02b = mutant(
  "M02b",
  {
    sentence: "A transition is taken back, and what was aborted for it stays aborted.",
    origin: "plausible, as in scylladb commit 977fa91e3d",
    breaks: ["L3", "S6"],
    seenIn: "a move is taken back"
  },
  {
    changes: {
      move: (draft, base, tablet, to, options) => {
        if (to !== null || tablet.transition?.stage !== "revert_migration") move(draft, base, tablet, to, options)
        else draft.setTablet(base, tablet.lastToken, (one) => ({ ...one, transition: null }))
      }
    }
  }
)
