import { createView } from "../../../../impl/view-building/changes/schema.ts"
import { mutant } from "../mutant.ts"

export const M27 = mutant(
  "M27",
  {
    sentence: "A view counts as built when it is made, also where its base has rows.",
    origin: "scylladb commit 8fbf122277, issue 26615",
    breaks: ["D1"],
    seenIn: "a view of a base with rows"
  },
  { changes: { createView: (draft, base, view) => createView(draft, base, view, true) } }
)
