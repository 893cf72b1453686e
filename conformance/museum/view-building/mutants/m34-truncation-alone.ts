import { mutant } from "../mutant.ts"

export const M34 = mutant(
  "M34",
  {
    sentence: "A truncation does not wait for whoever has read what it removes.",
    origin: "HEAD; scylladb test_truncate_while_building",
    breaks: ["D3", "D2"],
    seenIn: "a base is truncated while a view is built from it"
  },
  { worker: { truncation: "uncoordinated" } }
)
