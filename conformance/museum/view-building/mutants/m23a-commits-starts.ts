import type { Draft } from "../../../../impl/view-building/changes/draft.ts"
import { replicasOf } from "../../../../impl/view-building/coordinator/selection.ts"
import { ViewBuildingCoordinator } from "../../../../impl/view-building/coordinator/view-building-coordinator.ts"
import type { TaskId } from "../../../../spec/view-building/ids.ts"
import type { Change } from "../../../../spec/view-building/messages.ts"
import { mutant } from "../mutant.ts"

class WritesDownStarts extends ViewBuildingCoordinator {
  readonly #started = new Set<TaskId>()

  protected override change(draft: Draft): Change | undefined {
    const change = super.change(draft)
    if (change !== undefined) return change
    const { before } = draft
    const tasks = replicasOf(before)
      .flatMap((replica) => this.select(before, replica))
      .filter((task) => !this.#started.has(task))
    for (const task of tasks) this.#started.add(task)
    return tasks.length === 0 ? undefined : { _tag: "StartTasks", tasks }
  }
}

export const M23a = mutant(
  "M23a",
  {
    sentence: "The coordinator commits that it starts tasks before it asks for them.",
    origin: "scylladb commit eb04af5020, issue 26311",
    breaks: ["S23"],
    seenIn: "a view of a base with rows"
  },
  { machinery: { ViewBuildingCoordinator: WritesDownStarts } }
)
