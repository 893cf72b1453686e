/** What goes into a view building coordinator and comes out of it, for those who hold group 0, the workers and time. */
import type { Said } from "../../../../model/view-building/said.ts"
import type { NodeId, Position, Replica } from "../../../../spec/metadata.ts"
import type { TaskId } from "../../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../../spec/view-building/labels.ts"
import type { CallAnswer, Change } from "../../../../spec/view-building/messages.ts"
import { changeWords } from "../../../report/view-building/change-words.ts"

/** What becomes of a commit, and what the coordinator is told of it. `unheard` was effective, `lost` was not; nobody knows. */
export type CommitFate = "committed" | "refused" | "unheard" | "lost"

export type CoordinatorAsked =
  /** Somebody else has changed what group 0 says. */
  | { readonly _tag: "Said"; readonly at: Position; readonly change: Change; readonly said: Said }
  | { readonly _tag: "CommitAnswered"; readonly fate: CommitFate }
  | { readonly _tag: "CallAnswered"; readonly replica: Replica; readonly answer: CallAnswer }
  /** Enough time has passed since a call to a replica has failed, or since the last collection. */
  | { readonly _tag: "Rested"; readonly replica: Replica }
  | { readonly _tag: "CollectionDue" }
  | { readonly _tag: "Marked"; readonly node: NodeId; readonly alive: boolean }

export type CoordinatorSaid =
  | { readonly _tag: "Commit"; readonly seen: Position; readonly change: Change; readonly said: Said }
  | { readonly _tag: "Call"; readonly replica: Replica; readonly tasks: ReadonlyArray<TaskId> }

/** One step of a coordinator, besides what others see of it. */
export interface CoordinatorStep {
  readonly _tag: "CoordinatorStep"
  /** Null where it goes on by itself. */
  readonly input: CoordinatorAsked | null
  readonly outputs: ReadonlyArray<CoordinatorSaid>
}

export type CoordinatorLabel = ViewBuildingLabel | CoordinatorStep

const fates: Readonly<Record<CommitFate, string>> = {
  committed: "its commit takes effect",
  refused: "its commit is refused, for group 0 has moved on",
  unheard: "its commit takes effect, and it does not hear of it",
  lost: "its commit is lost, and it does not hear of it"
}

export const placeOf = ({ node, shard }: Replica): string => `${node}.${shard}`

const tasksTold = (tasks: ReadonlyArray<TaskId>): string =>
  tasks.length === 0 ? "nothing" : `${tasks.length === 1 ? "task" : "tasks"} ${tasks.join(", ")}`

export const describeAsked = (input: CoordinatorAsked): string => {
  switch (input._tag) {
    case "Said":
      return `group 0 goes on to ${input.at}: somebody ${changeWords(input.change)}`
    case "CommitAnswered":
      return fates[input.fate]
    case "CallAnswered": {
      const { answer, replica } = input
      return answer._tag === "Done"
        ? `${placeOf(replica)} has done ${tasksTold(answer.tasks)}`
        : `the call to ${placeOf(replica)} fails: ${answer.reason}`
    }
    case "Rested":
      return `a second has passed since the call to ${placeOf(input.replica)} failed`
    case "CollectionDue":
      return "it is time to collect"
    case "Marked":
      return `${input.node} is taken for ${input.alive ? "up" : "down"}`
  }
}

export const describeSaid = (output: CoordinatorSaid): string => {
  switch (output._tag) {
    case "Commit":
      return `behind position ${output.seen} it ${changeWords(output.change)}`
    case "Call":
      return `it asks ${placeOf(output.replica)} for ${tasksTold(output.tasks)}`
  }
}
