import { isAt } from "../../../../impl/view-building/changes/draft.ts"
import { move } from "../../../../impl/view-building/changes/tablets.ts"
import { leavingReplica } from "../../../../spec/metadata.ts"
import { mutant } from "../mutant.ts"

export const M37a = mutant(
  "M37a",
  {
    sentence: "A transition that is taken back revives what other tablets of the replica have aborted.",
    origin: "HEAD",
    breaks: ["S6"],
    seenIn: "one tablet's move is taken back while another of the same shard moves",
    lawful:
      "What is alive too early is asked for by nobody before its tablet has come, and goes along as what is aborted does."
  },
  { coordinator: { rollsBack: "everyTablet" } }
)

export const M37b = mutant(
  "M37b",
  {
    sentence: "The end of a migration takes along what was aborted, and nothing that came or was revived since.",
    origin: "plausible",
    breaks: ["S8", "S7"],
    seenIn: "a view comes while a tablet moves"
  },
  {
    changes: {
      move: (draft, base, tablet, to, options) => {
        const leaving = to === null && tablet.transition?.stage === "end_migration" ? leavingReplica(tablet) : undefined
        const stays = draft.tasks.filter(
          (task) => leaving !== undefined && task.state === "alive" && isAt(base, tablet.lastToken, leaving)(task)
        )
        draft.remove((task) => stays.includes(task))
        move(draft, base, tablet, to, options)
        draft.tasks.push(...stays)
      }
    }
  }
)
