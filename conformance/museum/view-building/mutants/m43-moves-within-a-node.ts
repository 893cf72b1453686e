import { mutant } from "../mutant.ts"

export const M43a = mutant(
  "M43a",
  {
    sentence: "A tablet's cleanup forgets what other shards of the node have of its tokens.",
    origin: "HEAD",
    breaks: ["L6r", "L4"],
    seenIn: "a tablet goes to another shard of its node before its staging sstables are registered"
  },
  { worker: { cleansUp: "everyShard" } }
)
