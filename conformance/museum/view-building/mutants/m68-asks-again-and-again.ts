import { Calls, type CallsParts } from "../../../../impl/view-building/coordinator/calls.ts"
import { ViewBuildingCoordinator } from "../../../../impl/view-building/coordinator/view-building-coordinator.ts"
import { mutant } from "../mutant.ts"

class CountsNone extends Calls {
  override isOut(): boolean {
    return false
  }
}

class AsksAgain extends ViewBuildingCoordinator {
  protected override calling(parts: CallsParts): Calls {
    return new CountsNone(parts)
  }
}

export const M68 = mutant(
  "M68",
  {
    sentence: "A coordinator asks a replica in every round, although a call to it is out.",
    origin: "plausible; ours",
    breaks: ["S2"],
    seenIn: "a second view while batches of the first run"
  },
  { machinery: { ViewBuildingCoordinator: AsksAgain } }
)
