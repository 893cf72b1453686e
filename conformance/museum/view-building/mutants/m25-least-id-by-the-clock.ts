import { collect } from "../../../../impl/view-building/changes/building.ts"
import { TaskId } from "../../../../spec/view-building/ids.ts"
import { mutant } from "../mutant.ts"

export const M25 = mutant(
  "M25",
  {
    sentence:
      "Where no row is left, the least id that is looked at is by the coordinator's clock, and new ids are by others that may be slow.",
    origin: "scylladb commits 8670111cd4 to 1162fd315e, SCYLLADB-657",
    breaks: ["S18", "S8"],
    seenIn: "a second view after the first"
  },
  {
    changes: {
      collect: (draft, finished) => {
        const change = collect(draft, finished)
        if (change !== undefined && draft.tasks.length === 0) draft.minTask = TaskId.make((draft.minTask ?? 0) + 1000)
        return change
      }
    }
  }
)
