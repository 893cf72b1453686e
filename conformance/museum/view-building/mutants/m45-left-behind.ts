import { updateState } from "../../../../impl/view-building/changes/building.ts"
import { mutant } from "../mutant.ts"

export const M45 = mutant(
  "M45",
  {
    sentence: "Only normal nodes become SUCCESS, and one that is about to leave stays STARTED.",
    origin: "HEAD",
    breaks: ["S10", "L5"],
    seenIn: "a node is drained while one of two views is built"
  },
  {
    changes: {
      updateState: (draft) => {
        const change = updateState(draft)
        const { statuses } = draft.before
        draft.statuses = draft.statuses.map((row) =>
          draft.normal.includes(row.node)
            ? row
            : (statuses.find(({ view, node }) => view === row.view && node === row.node) ?? row)
        )
        return change
      }
    }
  }
)
