import { ShardWorker } from "../../../../impl/view-building/worker/shard-worker.ts"
import type { BuildingState } from "../../../../spec/view-building/metadata.ts"
import { mutant } from "../mutant.ts"

class Completes extends ShardWorker {
  protected override async goOver(state: BuildingState): Promise<void> {
    const left = [...(this.running?.tasks.keys() ?? [])]
    await super.goOver(state)
    for (const task of left) this.completed.add(task)
  }
}

export const M58 = mutant(
  "M58",
  {
    sentence: "What a batch had left to do counts as done when another base comes in hand.",
    origin: "plausible",
    breaks: ["S19", "S8"],
    seenIn: "a view goes, and another base comes in hand, where nobody looks"
  },
  { machinery: { ShardWorker: Completes } }
)
