import { Refused } from "../../../../impl/view-building/refused.ts"
import type { Batch } from "../../../../impl/view-building/worker/batch.ts"
import { type Call, type Served, ShardWorker } from "../../../../impl/view-building/worker/shard-worker.ts"
import { mutant } from "../mutant.ts"

class WantsAll extends ShardWorker {
  protected override attach(call: Call, batch: Batch): Served {
    if (call.tasks.length !== batch.tasks.size) throw new Refused("Busy")
    return super.attach(call, batch)
  }
}

export const M59 = mutant(
  "M59",
  {
    sentence: "A call waits for a batch only if that does all that is asked for, and nothing else.",
    origin: "plausible",
    breaks: ["S27"],
    seenIn: "another coordinator comes, and another view, while batches run"
  },
  { machinery: { ShardWorker: WantsAll } }
)
