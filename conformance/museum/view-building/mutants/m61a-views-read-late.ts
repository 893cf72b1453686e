import { mutant } from "../mutant.ts"

export const M61a = mutant(
  "M61a",
  {
    sentence: "The views that a flush is for are read when it has waited for writes and streams, and not before.",
    origin: "HEAD",
    breaks: ["S17"],
    seenIn: "a write sets out while a flush waits for a stream, and then a view comes"
  },
  { worker: { flushFor: "beforeFlush" } }
)
