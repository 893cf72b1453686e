import { ShardWorker } from "../../../../impl/view-building/worker/shard-worker.ts"
import type { Term } from "../../../../spec/metadata.ts"
import type { CallId } from "../../../../spec/view-building/ids.ts"
import type { BuildingState } from "../../../../spec/view-building/metadata.ts"
import { mutant } from "../mutant.ts"

class KeepsMutex extends ShardWorker {
  protected override catchUp(call: CallId, term: Term): Promise<BuildingState | undefined> {
    return this.mutex.run(() => super.catchUp(call, term))
  }
}

export const M57a = mutant(
  "M57a",
  {
    sentence: "A call holds the worker's mutex while it catches up with group 0.",
    origin: "plausible",
    breaks: ["L6w"],
    seenIn: "another coordinator calls a node that is behind, where a batch ends"
  },
  { machinery: { ShardWorker: KeepsMutex } }
)

export const M57b = mutant(
  "M57b",
  {
    sentence:
      "A call holds the worker's mutex while it catches up, and the observer wants it while it keeps the node from applying.",
    origin: "plausible, and HEAD",
    breaks: ["L7"],
    seenIn: "another coordinator calls a node that is behind, and whose observer is late",
    beside: { worker: { observer: "keepsApply" } }
  },
  { machinery: { ShardWorker: KeepsMutex } }
)
