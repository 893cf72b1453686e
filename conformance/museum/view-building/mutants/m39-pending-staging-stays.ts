import { mutant } from "../mutant.ts"

export const M39 = mutant(
  "M39",
  {
    sentence: "The staging task of a replica that was to come stays when it does not.",
    origin: "HEAD",
    breaks: ["S7"],
    seenIn: "a tablet with staging sstables does not come after all"
  },
  { coordinator: { pendingStaging: "kept" } }
)
