import { ViewBuildingCoordinator } from "../../../../impl/view-building/coordinator/view-building-coordinator.ts"
import { mutant } from "../mutant.ts"

class NeverRests extends ViewBuildingCoordinator {
  #hasFailed = false

  protected override async restBeforeCollecting(): Promise<void> {
    if (!this.#hasFailed) await super.restBeforeCollecting()
  }

  protected override async collect(): Promise<void> {
    await super.collect()
    this.#hasFailed = this.calls.allFinished().size > 0
  }
}

export const M47 = mutant(
  "M47",
  {
    sentence: "A collection that has failed is tried again at once.",
    origin: "HEAD",
    breaks: ["S24"],
    seenIn: "a command that collects is lost"
  },
  { machinery: { ViewBuildingCoordinator: NeverRests } }
)
