import { ShardWorker } from "../../../../impl/view-building/worker/shard-worker.ts"
import { mutant } from "../mutant.ts"

class ServesAnybody extends ShardWorker {
  protected override mayServe(): boolean {
    return true
  }
}

export const M06 = mutant(
  "M06",
  {
    sentence: "A worker starts batches for a coordinator that was deposed.",
    origin: "scylladb commit fb8cbf1615",
    breaks: ["S3w", "S1"],
    seenIn: "another coordinator is elected while a call waits for its barrier"
  },
  { machinery: { ShardWorker: ServesAnybody } }
)
