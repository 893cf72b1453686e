import { resize } from "../../../../impl/view-building/changes/tablets.ts"
import { placeOf } from "../../../../spec/metadata.ts"
import type { Task } from "../../../../spec/view-building/metadata.ts"
import { mutant } from "../mutant.ts"

export const M54 = mutant(
  "M54",
  {
    sentence: "A merged tablet has nothing to do once one of its halves was done.",
    origin: "plausible",
    breaks: ["S8", "D1"],
    seenIn: "tablets are split, one half is done with, and they are merged"
  },
  {
    changes: {
      resize: (draft, table, how) => {
        const heir = ({ lastToken }: Task): number =>
          Math.floor(table.tablets.findIndex((tablet) => tablet.lastToken === lastToken) / 2)
        const nameOf = (task: Task): string => `${task.type} ${task.view} ${placeOf(task.replica)} ${heir(task)}`
        const names = draft.tasks.filter(({ base }) => base === table.base).map(nameOf)
        if (how === "merge")
          draft.remove((task) => task.base === table.base && names.filter((name) => name === nameOf(task)).length === 1)
        resize(draft, table, how)
      }
    }
  }
)
