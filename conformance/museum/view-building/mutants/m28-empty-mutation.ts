import { move } from "../../../../impl/view-building/changes/tablets.ts"
import { mutant } from "../mutant.ts"

export const M28 = mutant(
  "M28",
  {
    sentence:
      "A command about tablets writes to the table of tasks, if only that there is nothing, before every node has it.",
    origin: "scylladb commit a9b2baf36b, SCYLLADB-2026",
    breaks: ["S25"],
    seenIn: "a tablet moves while a node is of an older release"
  },
  {
    changes: {
      move: (draft, ...how) => {
        move(draft, ...how)
        if (!draft.has("VIEW_BUILDING_COORDINATOR")) draft.minTask = draft.freshId()
      }
    }
  }
)
