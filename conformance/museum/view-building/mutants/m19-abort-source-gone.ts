import { Batch } from "../../../../impl/view-building/worker/batch.ts"
import { ShardWorker } from "../../../../impl/view-building/worker/shard-worker.ts"
import type { BuildingState } from "../../../../spec/view-building/metadata.ts"
import { mutant } from "../mutant.ts"

class TornDown extends Batch {
  override abort(): void {
    if (this.isOver) throw new TypeError("what an abort is told by is gone")
    super.abort()
  }
}

class TearsDown extends ShardWorker {
  protected override batch(...of: ConstructorParameters<typeof Batch>): Batch {
    return new TornDown(...of)
  }

  protected override async goOver(state: BuildingState): Promise<void> {
    await this.end()
    await super.goOver(state)
  }
}

export const M19 = mutant(
  "M19",
  {
    sentence: "A batch that is over takes no abort any more, and whoever brings one falls.",
    origin: "scylladb commit 99db5a6c30, issues 25805 and 26045",
    breaks: ["L2", "S19"],
    seenIn: "a base goes out of hand at each moment of a batch's end"
  },
  { machinery: { ShardWorker: TearsDown } }
)
