import { ViewBuildingCoordinator } from "../../../../impl/view-building/coordinator/view-building-coordinator.ts"
import { mutant } from "../mutant.ts"

class CollectsOneByOne extends ViewBuildingCoordinator {
  protected override async collect(): Promise<void> {
    for (const task of this.calls.allFinished()) {
      const operation = await this.office.begin(this.by)
      const change = this.office.parts.changes.collect(operation.draft, new Set([task]))
      if (change === undefined) operation.release()
      else await operation.commit(change)
      this.calls.forget(new Set([task]))
    }
  }
}

export const M23b = mutant(
  "M23b",
  {
    sentence: "Every task that is done takes a command of its own.",
    origin: "scylladb commit eb04af5020, issue 26311",
    breaks: ["S24"],
    seenIn: "a view of a base with rows"
  },
  { machinery: { ViewBuildingCoordinator: CollectsOneByOne } }
)
