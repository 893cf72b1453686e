import { ShardWorker } from "../../../../impl/view-building/worker/shard-worker.ts"
import type { TaskId } from "../../../../spec/view-building/ids.ts"
import type { BuildingState } from "../../../../spec/view-building/metadata.ts"
import { mutant } from "../mutant.ts"

class Completes extends ShardWorker {
  readonly #left = new Set<TaskId>()

  protected override async goOver(state: BuildingState): Promise<void> {
    for (const task of this.running?.tasks.keys() ?? []) this.#left.add(task)
    await super.goOver(state)
    for (const task of this.#left) this.completed.add(task)
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
