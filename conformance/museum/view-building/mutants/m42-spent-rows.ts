import { mutant } from "../mutant.ts"

export const M42a = mutant(
  "M42a",
  {
    sentence: "A node that comes back puts staging sstables to any row of their tablet.",
    origin: "HEAD",
    breaks: ["S16", "S14"],
    seenIn: "a node falls with a task done that is not collected, and a new staging sstable"
  },
  { worker: { discovers: "attaches" } }
)

export const M42b = mutant(
  "M42b",
  {
    sentence: "A node that comes back takes every row for one that was not started.",
    origin: "HEAD",
    breaks: ["S16", "S14"],
    seenIn: "a node falls with a task done that is not collected, and a new staging sstable"
  },
  { worker: { reuses: "notStarted" } }
)
