import { updateState } from "../../../../impl/view-building/changes/building.ts"
import { mutant } from "../mutant.ts"

export const M68 = mutant(
  "M68",
  {
    sentence: "A base stays in hand when nothing is left to be done for it.",
    origin: "plausible; ours",
    breaks: ["L5"],
    seenIn: "a view of a base with rows"
  },
  {
    changes: {
      updateState: (draft) => {
        const { processing } = draft
        const change = updateState(draft)
        if (change?._tag !== "UpdateStatuses" || !change.over) return change
        draft.processing = processing
        return change.built.length === 0 ? undefined : { ...change, over: false }
      }
    }
  }
)
