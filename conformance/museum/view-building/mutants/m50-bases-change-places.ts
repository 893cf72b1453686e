import { updateState } from "../../../../impl/view-building/changes/building.ts"
import type { Changes } from "../../../../impl/view-building/changes/changes.ts"
import { mutant } from "../mutant.ts"

/** What becomes of a base in hand when one with a lesser name has tasks. */
const preempting =
  (becomes: "nothing" | "theOther"): Changes["updateState"] =>
  (draft) => {
    const { processing } = draft
    const [first] = draft.tasks.map(({ base }) => base).sort()
    if (processing === null || first === undefined || first >= processing) return updateState(draft)
    draft.processing = becomes === "nothing" ? null : first
    return becomes === "nothing"
      ? { _tag: "UpdateStatuses", base: processing, built: [], over: true }
      : { _tag: "PickBase", base: first }
  }

const seenIn = "a base comes that is first while another is in hand"

export const M50a = mutant(
  "M50a",
  {
    sentence: "A base goes out of hand with tasks left, for another that comes first.",
    origin: "plausible",
    breaks: ["S11"],
    seenIn
  },
  { changes: { updateState: preempting("nothing") } }
)

export const M50b = mutant(
  "M50b",
  { sentence: "A base takes the place of another.", origin: "plausible", breaks: ["S11"], seenIn },
  { changes: { updateState: preempting("theOther") } }
)
