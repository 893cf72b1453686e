import { Calls, type CallsParts } from "../../../../impl/view-building/coordinator/calls.ts"
import { ViewBuildingCoordinator } from "../../../../impl/view-building/coordinator/view-building-coordinator.ts"
import { mutant } from "../mutant.ts"

/** A millisecond, so that time passes at all. */
class Impatient extends Calls {
  protected override readonly backoffMs = 1
}

class CallsAtOnce extends ViewBuildingCoordinator {
  protected override calling(parts: CallsParts): Calls {
    return new Impatient(parts)
  }
}

export const M22 = mutant(
  "M22",
  {
    sentence: "A replica is called again at once when a call to it has failed.",
    origin: "scylladb commit 4a5b1ab40a, issue 26686",
    breaks: ["S22"],
    seenIn: "a node is down, and nobody knows"
  },
  { machinery: { ViewBuildingCoordinator: CallsAtOnce } }
)
