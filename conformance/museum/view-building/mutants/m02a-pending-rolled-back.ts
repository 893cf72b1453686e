import { isAt } from "../../../../impl/view-building/changes/draft.ts"
import { move } from "../../../../impl/view-building/changes/tablets.ts"
import { pendingReplica } from "../../../../spec/metadata.ts"
import { mutant } from "../mutant.ts"

/** What is rolled back is what the replica has that was to come: nothing was aborted there. */
export const M02a = mutant(
  "M02a",
  {
    sentence: "A transition that is taken back makes anew what was aborted on the replica that was to come.",
    origin: "scylladb commit 977fa91e3d, issue 26691",
    breaks: ["S6", "L1"],
    seenIn: "a move is taken back"
  },
  {
    changes: {
      move: (draft, base, tablet, to, options) => {
        const pending = pendingReplica(tablet)
        if (to !== null || tablet.transition?.stage !== "revert_migration" || pending === undefined) {
          move(draft, base, tablet, to, options)
          return
        }
        const isMeant = isAt(base, tablet.lastToken, pending)
        draft.renew((task) => task.state === "aborted" && isMeant(task))
        draft.setTablet(base, tablet.lastToken, (one) => ({ ...one, transition: null }))
      }
    }
  }
)
