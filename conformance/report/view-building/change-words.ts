/** What a change of group 0 is, in words. */
import type { TaskId } from "../../../spec/view-building/ids.ts"
import type { Change, Committer } from "../../../spec/view-building/messages.ts"

export const tasks = (ids: ReadonlyArray<TaskId>): string =>
  ids.length === 0 ? "no task" : ids.length === 1 ? `task ${ids[0]}` : `tasks ${ids.join(", ")}`

export const committer = (by: Committer): string => {
  switch (by._tag) {
    case "Coordinator":
      return `the coordinator of term ${by.term}`
    case "Worker":
      return `the registrator of ${by.node}`
    case "Operator":
      return "an operator"
  }
}

/** What somebody does to group 0: `collects task 1`. */
export const changeWords = (change: Change): string => {
  switch (change._tag) {
    case "Fence":
      return "makes older guards worthless"
    case "PickBase":
      return `takes ${change.base} in hand`
    case "UpdateStatuses": {
      const built =
        change.built.length === 0
          ? []
          : [`says that ${change.built.join(" and ")} ${change.built.length > 1 ? "are" : "is"} built`]
      const over = change.over ? [`is through with ${change.base}`] : []
      return [...built, ...over].join(" and ") || `fills in statuses of ${change.base}`
    }
    case "CollectTasks":
      return `collects ${tasks(change.tasks)}`
    case "StartTasks":
      return `starts ${tasks(change.tasks)}`
    case "FinishTasks":
      return `finishes ${tasks(change.tasks)}`
    case "RegisterStaging":
      return `puts ${change.sstables.map(({ sstable, task }) => `${sstable} to task ${task}`).join(", ")}`
    case "CreateTable":
      return `creates ${change.base}`
    case "CreateView":
      return `creates view ${change.view} of ${change.base}${change.empty ? ", which is empty" : ""}`
    case "DropView":
      return `drops view ${change.view}`
    case "DropTable":
      return `drops ${change.base}`
    case "DropKeyspace":
      return `drops ${change.bases.join(" and ")}`
    case "MoveTablet":
      return `moves tablet ${change.lastToken} of ${change.base} ${
        change.to === null ? `from ${change.from} to the end` : `on to ${change.to}`
      }`
    case "Resize":
      return `${change.how === "split" ? "splits" : "merges"} the tablets of ${change.base}`
    case "JoinNode":
      return `lets ${change.node} join`
    case "DrainNode":
      return `begins to take ${change.node} out`
    case "LeaveNode":
      return `lets ${change.node} go`
    case "EnableFeature":
      return `enables ${change.feature}`
    case "Unrelated":
      return "changes something else"
  }
}
