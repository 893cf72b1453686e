import { Calls, type CallsParts } from "../../../../impl/view-building/coordinator/calls.ts"
import { ViewBuildingCoordinator } from "../../../../impl/view-building/coordinator/view-building-coordinator.ts"
import { placeOf, type Replica } from "../../../../spec/metadata.ts"
import type { TaskId } from "../../../../spec/view-building/ids.ts"
import { mutant } from "../mutant.ts"

class ForgetsTooEarly extends ViewBuildingCoordinator {
  protected override async collect(): Promise<void> {
    const finished = this.calls.allFinished()
    await super.collect()
    this.calls.forget(finished)
  }
}

const withCalls = (Made: new (parts: CallsParts) => Calls): typeof ViewBuildingCoordinator =>
  class extends ViewBuildingCoordinator {
    protected override calling(parts: CallsParts): Calls {
      return new Made(parts)
    }
  }

class NeverForgets extends Calls {
  override forget(): void {}
}

/** A replica's answers have a place from its first call on, until all of these are taken away. */
class ErasesPlaces extends Calls {
  readonly #places = new Set<string>()

  override send(replica: Replica, tasks: ReadonlyArray<TaskId>): void {
    this.#places.add(placeOf(replica))
    super.send(replica, tasks)
  }

  override forget(tasks: ReadonlySet<TaskId>): void {
    super.forget(tasks)
    this.#places.clear()
  }

  protected override record(replica: Replica, tasks: ReadonlyArray<TaskId>): void {
    if (!this.#places.has(placeOf(replica))) throw new RangeError(`nothing is kept of ${placeOf(replica)}`)
    super.record(replica, tasks)
  }
}

export const M48d = mutant(
  "M48d",
  {
    sentence: "What was reported is forgotten whether or not its collection succeeds, and nobody asks again.",
    origin: "plausible",
    breaks: ["L6", "L1"],
    seenIn: "a command that collects is lost"
  },
  { machinery: { ViewBuildingCoordinator: ForgetsTooEarly } }
)

export const M48e = mutant(
  "M48e",
  {
    sentence: "What was reported is never forgotten, and is looked up in group 0 again and again.",
    origin: "plausible",
    breaks: [],
    seenIn: "two views of a base, and nothing is in the way"
  },
  { machinery: { ViewBuildingCoordinator: withCalls(NeverForgets) } }
)

export const M48f = mutant(
  "M48f",
  {
    sentence: "A collection takes away the place where a replica's answers are kept, while a call to it is out.",
    origin: "plausible",
    breaks: ["L6", "L1"],
    seenIn: "two bases wait for the coordinator, and the one that is first has the later tasks"
  },
  { machinery: { ViewBuildingCoordinator: withCalls(ErasesPlaces) } }
)
