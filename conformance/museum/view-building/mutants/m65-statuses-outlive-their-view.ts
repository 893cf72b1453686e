import { dropView } from "../../../../impl/view-building/changes/schema.ts"
import { mutant } from "../mutant.ts"

export const M65 = mutant(
  "M65",
  {
    sentence: "A view is dropped, and what is said of it stays.",
    origin: "plausible; ours",
    breaks: ["S21"],
    seenIn: "a view is dropped while batches run, and another base waits"
  },
  {
    changes: {
      dropView: (draft, view) => {
        const { statuses } = draft
        dropView(draft, view)
        draft.statuses = statuses
      }
    }
  }
)
