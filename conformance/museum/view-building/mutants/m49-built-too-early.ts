import { updateState } from "../../../../impl/view-building/changes/building.ts"
import type { Draft } from "../../../../impl/view-building/changes/draft.ts"
import { ViewBuildingCoordinator } from "../../../../impl/view-building/coordinator/view-building-coordinator.ts"
import type { Change } from "../../../../spec/view-building/messages.ts"
import type { Task } from "../../../../spec/view-building/metadata.ts"
import { mutant } from "../mutant.ts"

/** Statuses are written as if some tasks were not there; the base stays in hand for them. */
const blindTo = (draft: Draft, isUnseen: (task: Task) => boolean): Change | undefined => {
  const { processing } = draft
  const unseen = processing === null ? [] : draft.tasks.filter((task) => task.base === processing && isUnseen(task))
  draft.remove((task) => unseen.includes(task))
  const change = updateState(draft)
  draft.tasks.push(...unseen)
  if (change?._tag !== "UpdateStatuses" || unseen.length === 0 || !change.over) return change
  draft.processing = processing
  return change.built.length === 0 ? undefined : { ...change, over: false }
}

class CountsReported extends ViewBuildingCoordinator {
  protected override change(draft: Draft): Change | undefined {
    const finished = this.calls.allFinished()
    return blindTo(draft, ({ id }) => finished.has(id))
  }
}

export const M49a = mutant(
  "M49a",
  {
    sentence: "A view is built while its last task is aborted.",
    origin: "plausible",
    breaks: ["S9", "D1"],
    seenIn: "a tablet moves when everything else is done"
  },
  { changes: { updateState: (draft) => blindTo(draft, ({ state }) => state === "aborted") } }
)

export const M49b = mutant(
  "M49b",
  {
    sentence: "A view is built while its base has staging sstables to be processed.",
    origin: "plausible",
    breaks: ["S9"],
    seenIn: "a staging sstable is processed when everything else is done"
  },
  { changes: { updateState: (draft) => blindTo(draft, ({ type }) => type === "process_staging") } }
)

export const M49c = mutant(
  "M49c",
  {
    sentence: "A view is built once its tasks are reported, before they are deleted.",
    origin: "plausible",
    breaks: ["S9"],
    seenIn: "two views of a base, and nothing is in the way"
  },
  { machinery: { ViewBuildingCoordinator: CountsReported } }
)
