import { mutant } from "../mutant.ts"
import { collectsAborted } from "./m48-collections.ts"

const goesByACopy = { goesBy: "snapshot", abortedTask: "started" } as const

export const M35a = mutant(
  "M35a",
  {
    sentence: "A batch starts with tasks that are gone or aborted since its call has caught up.",
    origin: "HEAD",
    breaks: ["L6o"],
    seenIn: "a view goes when a call for it has caught up with group 0"
  },
  { worker: goesByACopy }
)

export const M35b = mutant(
  "M35b",
  {
    sentence: "A batch starts with tasks that are aborted, and nobody looks again before they are deleted as done.",
    origin: "HEAD, and plausible",
    breaks: ["S5"],
    seenIn: "a tablet moves when its tasks are reported and not collected",
    beside: { worker: goesByACopy }
  },
  { changes: { collect: collectsAborted } }
)
