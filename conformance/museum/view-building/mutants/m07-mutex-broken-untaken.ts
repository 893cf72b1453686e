import { ShardWorker } from "../../../../impl/view-building/worker/shard-worker.ts"
import { mutant } from "../mutant.ts"

/** Whoever has the mutex has it still, and goes on behind the drain. */
class BreaksUntaken extends ShardWorker {
  override async drain(): Promise<void> {
    this.mutex.break()
    await this.end()
  }
}

export const M07 = mutant(
  "M07",
  {
    sentence: "A drain breaks the mutex of a worker without taking it.",
    origin: "scylladb commits 7aea524f52 and 51c164c8d2, SCYLLADB-844, SCYLLADB-543",
    breaks: ["S20"],
    seenIn: "a node is shut down while it flushes for a call"
  },
  { machinery: { ShardWorker: BreaksUntaken } }
)
