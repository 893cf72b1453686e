import { mutant } from "../mutant.ts"

export const M41 = mutant(
  "M41",
  {
    sentence: "A staging sstable is registered for the tablet that it belonged to as it came.",
    origin: "HEAD",
    breaks: ["S7", "S14"],
    seenIn: "tablets are merged before staging sstables are registered"
  },
  { worker: { tablet: "asItCame" } }
)
