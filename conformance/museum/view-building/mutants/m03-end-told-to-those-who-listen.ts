import type { Batch } from "../../../../impl/view-building/worker/batch.ts"
import { ShardWorker } from "../../../../impl/view-building/worker/shard-worker.ts"
import { mutant } from "../mutant.ts"

/** Whoever waits is woken when the batch is over, unless the observer has the worker at that moment, and never again. */
class WakesOnce extends ShardWorker {
  protected override endOf(batch: Batch): Promise<void> {
    return new Promise((resolve) => {
      void batch.over.then(() => {
        if (!this.mutex.isTaken) resolve()
      })
    })
  }
}

export const M03 = mutant(
  "M03",
  {
    sentence: "That a batch is over is told once, and a call does not hear it while the observer is at work.",
    origin: "scylladb commit 8d0d53016c, issue 26204",
    breaks: ["L6w"],
    seenIn: "a view is dropped while batches run, and another base waits"
  },
  { machinery: { ShardWorker: WakesOnce } }
)
