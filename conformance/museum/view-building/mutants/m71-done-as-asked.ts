import { Calls, type CallsParts } from "../../../../impl/view-building/coordinator/calls.ts"
import { ViewBuildingCoordinator } from "../../../../impl/view-building/coordinator/view-building-coordinator.ts"
import { placeOf, type Replica } from "../../../../spec/metadata.ts"
import type { TaskId } from "../../../../spec/view-building/ids.ts"
import { mutant } from "../mutant.ts"

class TakesAllForDone extends Calls {
  readonly #asked = new Map<string, ReadonlyArray<TaskId>>()

  override send(replica: Replica, tasks: ReadonlyArray<TaskId>): void {
    this.#asked.set(placeOf(replica), tasks)
    super.send(replica, tasks)
  }

  protected override record(replica: Replica, tasks: ReadonlyArray<TaskId>): void {
    super.record(replica, this.#asked.get(placeOf(replica)) ?? tasks)
  }
}

class Believes extends ViewBuildingCoordinator {
  protected override calling(parts: CallsParts): Calls {
    return new TakesAllForDone(parts)
  }
}

export const M71 = mutant(
  "M71",
  {
    sentence: "An answer is taken to be about all that was asked for, and not only about those that it names.",
    origin: "plausible; dossier view-building 6, readings 2 and 3",
    breaks: ["S4", "S8"],
    seenIn: "another coordinator comes, and another view, when batches are over"
  },
  { machinery: { ViewBuildingCoordinator: Believes } }
)
