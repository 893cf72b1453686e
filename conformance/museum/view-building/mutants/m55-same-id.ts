import { isAt } from "../../../../impl/view-building/changes/draft.ts"
import { move } from "../../../../impl/view-building/changes/tablets.ts"
import { leavingReplica } from "../../../../spec/metadata.ts"
import { mutant } from "../mutant.ts"

export const M55 = mutant(
  "M55",
  {
    sentence: "What comes back when a transition is taken back has the id that it had.",
    origin: "plausible",
    breaks: ["S5", "S4"],
    seenIn: "one tablet's move is taken back while another of the same shard moves"
  },
  {
    changes: {
      move: (draft, base, tablet, to, options) => {
        const leaving = leavingReplica(tablet)
        const isBack = to === null && tablet.transition?.stage === "revert_migration" && leaving !== undefined
        const isMeant = leaving === undefined ? () => false : isAt(base, tablet.lastToken, leaving)
        const before = draft.tasks.filter(isMeant)
        move(draft, base, tablet, to, options)
        if (!isBack) return
        draft.remove(isMeant)
        draft.tasks.push(...before.map((task) => ({ ...task, state: "alive" as const })))
      }
    }
  }
)
