import { mutant } from "../mutant.ts"

export const M46 = mutant(
  "M46",
  {
    sentence: "The observer keeps its node from applying while it waits for a shard.",
    origin: "HEAD",
    breaks: ["L7"],
    seenIn: "a tablet is to move while one of its staging sstables is processed"
  },
  { worker: { observer: "keepsApply" } }
)
