import { Hosts } from "../../../../impl/view-building/coordinator/hosts.ts"
import { Office } from "../../../../impl/view-building/coordinator/term.ts"
import { ViewBuildingCoordinator } from "../../../../impl/view-building/coordinator/view-building-coordinator.ts"
import { mutant } from "../mutant.ts"

class AllUp extends Hosts {
  override isAlive(): boolean {
    return true
  }
}

class BelievesInAll extends ViewBuildingCoordinator {
  constructor({ term, parts }: Office) {
    super(new Office(term, { ...parts, hosts: new AllUp(parts.self, parts.tell) }))
  }
}

export const M69 = mutant(
  "M69",
  {
    sentence: "A coordinator asks hosts that it knows to be down.",
    origin: "plausible; ours",
    breaks: ["S12"],
    seenIn: "a host is down, and known to be, until it comes back"
  },
  { machinery: { ViewBuildingCoordinator: BelievesInAll } }
)
