import { mutant } from "../mutant.ts"

export const M44 = mutant(
  "M44",
  {
    sentence: "What is applied between the look and the sleep does not end the sleep.",
    origin: "HEAD",
    breaks: ["L6", "L1"],
    seenIn: "something is applied between the coordinator's look and its sleep"
  },
  { coordinator: { hears: "callsOnly" } }
)
