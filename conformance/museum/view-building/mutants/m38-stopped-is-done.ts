import { mutant } from "../mutant.ts"

export const M38 = mutant(
  "M38",
  {
    sentence: "An attempt that the view update generator gave up counts as done.",
    origin: "HEAD",
    breaks: ["S14", "L4"],
    seenIn: "a generator stops while it processes"
  },
  { worker: { generatorStopped: "done" } }
)
