import type { Example } from "../../example.test-support.ts"
import {
  answers,
  arrives,
  attempts,
  begins,
  come,
  coming,
  ends,
  flushes,
  lists,
  moving,
  operator,
  processes,
  queues,
  says,
  seen,
  stages,
  stagingTask,
  succeeds,
  table,
  tablet
} from "../histories.test-support.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import { built, inHand, picked } from "./ground.test-support.ts"

const staged = says(4, { ...inHand, tasks: [...inHand.tasks, stagingTask(3)] })
const registers = says(
  4,
  { ...inHand, tasks: [...inHand.tasks, stagingTask(3)] },
  {
    by: { _tag: "Worker", node: "A" },
    change: { _tag: "RegisterStaging", tasks: [stagingTask(3)], sstables: [{ sstable: "s", task: 3 }] }
  }
)
const workerGuard = (at: number) => seen("GuardTaken", { by: { _tag: "Worker", node: "A" }, at })
const inDoubt = seen("CommitFailed", {
  by: { _tag: "Worker", node: "A" },
  change: { _tag: "RegisterStaging", tasks: [stagingTask(3)], sstables: [{ sstable: "s", task: 3 }] }
})
const abortedStaged = (at: number) =>
  says(at, {
    ...inHand,
    tables: [table([moving(4, "write_both_read_old"), tablet(9, "B.0")], "v")],
    tasks: [...inHand.tasks, stagingTask(3, "A.0", 4, { state: "aborted" })]
  })
/** A command that promises an sstable to a row that was there before. */
const registersAgain = says(
  5,
  { ...inHand, tasks: [...inHand.tasks, stagingTask(3)] },
  {
    by: { _tag: "Worker", node: "A" },
    change: { _tag: "RegisterStaging", tasks: [], sstables: [{ sstable: "s", task: 3 }] }
  }
)
const inStaging = { type: "process_staging" }
const doneInVain = [begins(1, "A.0", [3], inStaging), attempts(1, "A.0", [3])]
const goesToB = says(5, { ...inHand, tables: [table([moving(4, "streaming"), tablet(9, "B.0")], "v")] })

/** What a worker does: S1, S10n, S13 to S17, S19, S20, S26. */
export const workerExamples: ReadonlyArray<Example<ViewBuildingLabel>> = [
  {
    law: "S1",
    after: [...picked, begins(1, "A.0", [1])],
    fine: [ends(1, "A.0"), begins(2, "A.0", [1])],
    broken: [begins(2, "A.0", [1])],
    why: "batch 2 starts on A.0, and batch 1 is running"
  },
  {
    law: "S10n",
    after: picked,
    fine: [says(4, { statuses: built }), seen("BuiltViewsWritten", { node: "A", views: ["v"] })],
    broken: [seen("BuiltViewsWritten", { node: "A", views: ["v"] })],
    why: "A takes v for built, and it is not"
  },
  {
    law: "S13",
    after: [...picked, stages("s", "B.0"), begins(1, "B.0", [3], inStaging)],
    fine: [attempts(1, "B.0", [3], { sstables: ["s"] })],
    broken: [goesToB, attempts(1, "B.0", [3], { sstables: ["s"] })],
    why: "s is processed on B.0, where its tablet has yet to come to"
  },
  {
    law: "S14",
    after: [...picked, stages("s", "A.0"), queues("s", "A.0"), staged, lists("s", "A.0", 3)],
    fine: [processes("s", "A.0"), says(5, inHand)],
    broken: [says(5, inHand)],
    why: "s is in staging on A.0, and there is no task for it"
  },
  {
    law: "S15",
    after: [...picked, stages("s", "A.0"), queues("s", "A.0"), registers],
    fine: [lists("s", "A.0", 3), begins(1, "A.0", [3], inStaging), attempts(1, "A.0", [3])],
    broken: [begins(1, "A.0", [3], inStaging), attempts(1, "A.0", [3])],
    why: "task 3 is done without s, which it was made for"
  },
  {
    law: "S15",
    after: [...picked, stages("s", "A.0"), queues("s", "A.0")],
    fine: [inDoubt, registers, ...doneInVain],
    broken: [inDoubt, workerGuard(3), registers, ...doneInVain],
    why: "task 3 is done without s, which it was made for"
  },
  {
    law: "S15",
    after: [...picked, stages("s", "A.0"), queues("s", "A.0")],
    fine: [seen("Stopped", { node: "A" }), registers, seen("Restarted", { node: "A" }), ...doneInVain],
    broken: [registers, ...doneInVain],
    why: "task 3 is done without s, which it was made for"
  },
  {
    law: "S16",
    after: [...picked, staged, stages("s", "A.0"), queues("s", "A.0")],
    fine: [lists("s", "A.0", 3)],
    broken: [begins(1, "A.0", [3], inStaging), attempts(1, "A.0", [3]), lists("s", "A.0", 3)],
    why: "s is put to task 3, which has chosen already"
  },
  {
    // Its tablet sets out after the worker has looked, and before it has the sstable on the list.
    law: "S16",
    after: [...picked, staged, stages("s", "A.0"), queues("s", "A.0")],
    fine: [workerGuard(4), abortedStaged(5), lists("s", "A.0", 3)],
    broken: [abortedStaged(5), workerGuard(5), lists("s", "A.0", 3)],
    why: "s is put to task 3, which is aborted"
  },
  {
    law: "S16",
    after: [...picked, stages("s", "A.0"), queues("s", "A.0")],
    fine: [staged, registersAgain, lists("s", "A.0", 3)],
    broken: [abortedStaged(4), registersAgain],
    why: "s is put to task 3, which is aborted"
  },
  {
    law: "S17",
    after: [...picked, coming("w", "A.0", 1), come("w", "A.0"), begins(1, "A.0", [1])],
    fine: [flushes("A.0", "v"), attempts(1, "A.0", [1])],
    broken: [attempts(1, "A.0", [1])],
    why: "A.0 builds v without w, which was not sent on to it"
  },
  {
    law: "S19",
    after: [...picked, arrives(1, "A.0", [1]), begins(1, "A.0", [1]), attempts(1, "A.0", [1])],
    fine: [succeeds(1, "A.0"), ends(1, "A.0"), answers(1, "A.0", [1])],
    broken: [succeeds(1, "A.0", false), ends(1, "A.0", "aborted"), answers(1, "A.0", [1])],
    why: "A.0 reports task 1, which it has not done"
  },
  {
    law: "S20",
    after: [...picked, seen("Drained", { node: "A" })],
    fine: [seen("Restarted", { node: "A" }), begins(1, "A.0", [1])],
    broken: [begins(1, "A.0", [1])],
    why: "A.0 is drained and goes on working"
  },
  {
    law: "S26",
    after: [says(1, {}, operator), begins(1, "A.0", [1])],
    fine: [attempts(1, "A.0", [1])],
    broken: [attempts(1, "A.0", [1], { on: 1 })],
    why: "batch 1 of A.0 reads on shard 1"
  }
]
