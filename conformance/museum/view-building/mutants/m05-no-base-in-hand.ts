import type { Draft } from "../../../../impl/view-building/changes/draft.ts"
import { ViewBuildingCoordinator } from "../../../../impl/view-building/coordinator/view-building-coordinator.ts"
import type { Operation } from "../../../../impl/view-building/group0/operations.ts"
import { TableId } from "../../../../spec/view-building/ids.ts"
import type { Change } from "../../../../spec/view-building/messages.ts"
import { mutant } from "../mutant.ts"

const nameless = TableId.make("(unset)")

/** Who looks for the tasks of no base leaves an entry for it among the bases with tasks, until these are read anew. */
class LooksForNoBase extends ViewBuildingCoordinator {
  #hasEntry = false

  protected override change(draft: Draft): Change | undefined {
    const change = super.change(draft)
    const hasEntry = this.#hasEntry
    this.#hasEntry = false
    if (change !== undefined || !hasEntry) return change
    draft.processing = nameless
    return { _tag: "PickBase", base: nameless }
  }

  protected override askAll(operation: Operation): boolean {
    this.#hasEntry = operation.draft.before.processing === null
    return super.askAll(operation)
  }
}

export const M05 = mutant(
  "M05",
  {
    sentence:
      "A round goes on to ask for tasks although no base is in hand, and what it looked for is taken for a base.",
    origin: "scylladb commit 654ac9099b, issue 27363",
    breaks: ["S11"],
    seenIn: "a host comes back, and there is nothing to do"
  },
  { machinery: { ViewBuildingCoordinator: LooksForNoBase } }
)
