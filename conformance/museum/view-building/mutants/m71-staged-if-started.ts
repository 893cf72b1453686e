import { mutant } from "../mutant.ts"

export const M71 = mutant(
  "M71",
  {
    sentence: "What comes from elsewhere is put into staging only when somebody has said that a view is STARTED.",
    origin: "HEAD; found by a storm",
    breaks: ["D2"],
    seenIn: "a deletion comes from elsewhere between a view's creation and its beginning"
  },
  { worker: { stages: "ifStarted" } }
)
