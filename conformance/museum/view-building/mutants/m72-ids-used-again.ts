import { Draft } from "../../../../impl/view-building/changes/draft.ts"
import { TaskId } from "../../../../spec/view-building/ids.ts"
import { mutant } from "../mutant.ts"

class GoesByRows extends Draft {
  protected override get nextTask(): TaskId {
    return TaskId.make(Math.max(0, ...this.tasks.map(({ id }) => id)) + 1)
  }
}

export const M72 = mutant(
  "M72",
  {
    sentence: "A new id is greater than those of the rows that are there, whatever ids there were.",
    origin: "plausible; scylladb db/view/view_building_state.cc make_task_uuid_generator",
    breaks: ["S4"],
    seenIn: "a second view after the first"
  },
  { machinery: { Draft: GoesByRows } }
)
