import { Registrator } from "../../../../impl/view-building/node/registrator.ts"
import type { TaskId } from "../../../../spec/view-building/ids.ts"
import type { Task } from "../../../../spec/view-building/metadata.ts"
import { mutant } from "../mutant.ts"

class UsesStartedRows extends Registrator {
  protected override mayUse(task: Task, _started: ReadonlySet<TaskId>, fresh: ReadonlySet<TaskId>): boolean {
    return super.mayUse(task, new Set(), fresh)
  }
}

export const M13a = mutant(
  "M13a",
  {
    sentence: "A staging sstable is put to a row that a batch has begun with.",
    origin: "scylladb commits 1df9972146 and 75f2ac0c3e, SCYLLADB-2434",
    breaks: ["S16", "S14"],
    seenIn: "a staging sstable comes while another of its tablet is processed"
  },
  { machinery: { Registrator: UsesStartedRows } }
)
