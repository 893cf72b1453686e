import { mutant } from "../mutant.ts"

export const M36 = mutant(
  "M36",
  {
    sentence: "A call that has waited for its batch waits for the next one too, with the mutex in hand.",
    origin: "HEAD",
    breaks: ["L6w"],
    seenIn: "a table goes while one of its sstables is processed, and another base has a batch there"
  },
  { worker: { absorbs: "current" } }
)
