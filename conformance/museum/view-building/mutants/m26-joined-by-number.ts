import { reshape } from "../../../../impl/view-building/changes/tablets.ts"
import { mutant } from "../mutant.ts"

export const M26 = mutant(
  "M26",
  {
    sentence: "As tablets become one, tablet n is taken to be part of tablet n/2.",
    origin: "scylladb commit bc4a4cc075",
    breaks: ["S8", "S7"],
    seenIn: "a split, and two of four tablets become one"
  },
  {
    changes: {
      join: (draft, table, lastToken) => {
        const left = table.tablets.filter((tablet) => tablet.lastToken !== lastToken)
        reshape(draft, table, left, ({ tablets }, task) => {
          const number = table.tablets.findIndex((tablet) => tablet.lastToken === task.lastToken)
          const half = tablets[Math.floor(number / 2)]
          return half === undefined ? [] : [half.lastToken]
        })
      }
    }
  }
)
