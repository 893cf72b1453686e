import { mutant } from "../mutant.ts"

export const M33 = mutant(
  "M33",
  {
    sentence: "What is listed keeps the name that it had, and an sstable that was rewritten is tried for ever.",
    origin: "HEAD; scylladb pull request 31512, SCYLLADB-3372",
    breaks: ["L4", "L1"],
    seenIn: "a staging sstable is rewritten under another name"
  },
  { worker: { rewritten: "stale" } }
)
