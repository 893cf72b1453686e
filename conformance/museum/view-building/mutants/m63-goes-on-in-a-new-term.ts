import { Office } from "../../../../impl/view-building/coordinator/term.ts"
import { ViewBuildingCoordinator } from "../../../../impl/view-building/coordinator/view-building-coordinator.ts"
import { mutant } from "../mutant.ts"

class ForLife extends Office {
  override check(): void {
    // Its term is never over.
  }
}

class GoesOn extends ViewBuildingCoordinator {
  constructor({ term, parts }: Office) {
    super(new ForLife(term, parts))
  }

  override stop(): void {
    // It does not hear of it.
  }
}

export const M63 = mutant(
  "M63",
  {
    sentence: "A coordinator goes on when another has been elected.",
    origin: "plausible; ours",
    breaks: ["S3"],
    seenIn: "another coordinator is elected while batches run"
  },
  { machinery: { ViewBuildingCoordinator: GoesOn } }
)
