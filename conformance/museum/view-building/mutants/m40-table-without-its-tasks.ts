import { mutant } from "../mutant.ts"

export const M40a = mutant(
  "M40a",
  {
    sentence: "A table that is dropped leaves its staging tasks behind.",
    origin: "HEAD",
    breaks: ["S7", "L1", "L5"],
    seenIn: "a table is dropped that has staging sstables"
  },
  { coordinator: { dropTable: "leaves" } }
)

export const M40b = mutant(
  "M40b",
  {
    sentence: "A staging sstable is registered although its table was dropped.",
    origin: "HEAD",
    breaks: ["S7", "L1", "L5"],
    seenIn: "a table is dropped before its staging sstables are registered"
  },
  { worker: { droppedTable: "registered" } }
)
