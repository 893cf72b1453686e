import { ShardWorker } from "../../../../impl/view-building/worker/shard-worker.ts"
import { mutant } from "../mutant.ts"

class LeavesStagingBehind extends ShardWorker {
  override async drain(): Promise<void> {
    const [first] = this.running?.tasks.values() ?? []
    if (first?.type !== "process_staging") return super.drain()
    this.running?.abort()
    this.mutex.break()
  }
}

export const M29 = mutant(
  "M29",
  {
    sentence: "A drain does not wait for staging sstables that are being processed.",
    origin: "scylladb commit b6323163c4, SCYLLADB-2073",
    breaks: ["S20"],
    seenIn: "a node is shut down while it processes a staging sstable"
  },
  { machinery: { ShardWorker: LeavesStagingBehind } }
)
