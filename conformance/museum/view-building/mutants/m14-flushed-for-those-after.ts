import { FlushedBase } from "../../../../impl/view-building/worker/flushed-base.ts"
import { ShardWorker } from "../../../../impl/view-building/worker/shard-worker.ts"
import type { ShardSurroundings } from "../../../../impl/view-building/worker/surroundings.ts"
import type { TableId, ViewId } from "../../../../spec/view-building/ids.ts"
import { mutant } from "../mutant.ts"

class ReadsViewsLate extends FlushedBase {
  protected override flushedFor(base: TableId): ReadonlyArray<ViewId> {
    return this.known(base)
  }
}

class Worker extends ShardWorker {
  protected override flushing(parts: ShardSurroundings): FlushedBase {
    return new ReadsViewsLate(parts)
  }
}

export const M14 = mutant(
  "M14",
  {
    sentence: "A base counts as flushed for the views that it has when the flush is over.",
    origin: "scylladb commit e153b0e5ad, issue SCYLLADB-2781",
    breaks: ["S17", "D2"],
    seenIn: "a second view while a base is flushed for the first, and a deletion"
  },
  { machinery: { ShardWorker: Worker } }
)
