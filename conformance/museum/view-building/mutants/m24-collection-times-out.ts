import { ViewBuildingCoordinator } from "../../../../impl/view-building/coordinator/view-building-coordinator.ts"
import { Unavailable } from "../../../../impl/view-building/group0/group0.ts"
import type { Operation } from "../../../../impl/view-building/group0/operations.ts"
import { mutant } from "../mutant.ts"

const patienceMs = 100

class GivesUpSoon extends ViewBuildingCoordinator {
  protected override async beginCollection(): Promise<Operation> {
    const { clock } = this.office.parts
    const asked = clock.now()
    const operation = await super.beginCollection()
    if (clock.now() - asked <= patienceMs) return operation
    operation.release()
    throw new Unavailable("group 0 takes too long")
  }
}

export const M24 = mutant(
  "M24",
  {
    sentence: "A collection gives up when its read barrier takes more than a moment.",
    origin: "scylladb commit 88f67c9478, SCYLLADB-2114",
    breaks: ["L1"],
    seenIn: "group 0 takes its time"
  },
  { machinery: { ViewBuildingCoordinator: GivesUpSoon } }
)
