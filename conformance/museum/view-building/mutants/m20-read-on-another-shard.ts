import { mutant } from "../mutant.ts"

export const M20 = mutant(
  "M20",
  {
    sentence: "What a batch reads is read on shard 0, whichever shard owns it.",
    origin: "scylladb commits 7dfb76f9a7 and 9458ceff8f, issues 25859 and 25804",
    breaks: ["S26"],
    seenIn: "a view of a base with rows"
  },
  { machinery: { storage: (store) => store.shards[0]! } }
)
