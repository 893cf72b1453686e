import { ShardWorker } from "../../../../impl/view-building/worker/shard-worker.ts"
import { mutant } from "../mutant.ts"

class LosesNothing extends ShardWorker {
  protected override isLost(): boolean {
    return false
  }
}

export const M66 = mutant(
  "M66",
  {
    sentence: "A batch keeps tasks that are gone or aborted.",
    origin: "plausible; ours",
    breaks: ["L6o", "L1"],
    seenIn: "one of two views is dropped while batches run, which fail"
  },
  { machinery: { ShardWorker: LosesNothing } }
)
