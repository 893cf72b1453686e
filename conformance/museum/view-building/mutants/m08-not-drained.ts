import { ShardWorker } from "../../../../impl/view-building/worker/shard-worker.ts"
import { mutant } from "../mutant.ts"

class NeverDrained extends ShardWorker {
  override drain(): Promise<void> {
    return Promise.resolve()
  }
}

export const M08 = mutant(
  "M08",
  {
    sentence: "Workers are not drained with their node, and go on building.",
    origin: "scylladb commit dc1ffd2c10, issue 25908",
    breaks: ["S20"],
    seenIn: "a node is shut down while it builds"
  },
  { machinery: { ShardWorker: NeverDrained } }
)
