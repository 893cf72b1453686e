import type { Example } from "../../example.test-support.ts"
import { change, does, moving, operator, says, second, seen, table, tablet, task } from "../histories.test-support.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import { bare, built, created, inHand, picked, started, success, tasks } from "./ground.test-support.ts"

const collects = (...ids: ReadonlyArray<number>) => change("CollectTasks", { tasks: ids })
const isDone = [...picked, ...does(1, "A.0", [1])]
const left = { ...inHand, tasks: [task(2, "B.0", 9)] }
const aborted = task(1, "A.0", 4, { state: "aborted" })
const leaving = table([moving(4, "write_both_read_old"), tablet(9, "B.0")], "v")
const going = { ...inHand, tasks: [aborted, task(2, "B.0", 9)], tables: [leaving] }

/** What group 0 is told to say: S3 to S11, S18, S21, S23, S25. */
export const groupZeroExamples: ReadonlyArray<Example<ViewBuildingLabel>> = [
  {
    law: "S3",
    after: [bare, says(2, {}, { ...second, ...change("Fence") })],
    fine: [says(3, {}, second)],
    broken: [says(3)],
    why: "the coordinator of term 1 commits after that of term 2"
  },
  {
    law: "S4",
    after: picked,
    fine: [...does(1, "A.0", [1]), says(4, left, collects(1))],
    broken: [says(4, left, collects(1))],
    why: "task 1 is deleted as done, and A.0 has not done it"
  },
  {
    law: "S5",
    after: [...isDone, says(4, going)],
    fine: [says(5, { ...going, tasks: [task(2, "B.0", 9)] }, { ...operator, ...change("DropView", { view: "v" }) })],
    broken: [says(5, { ...going, tasks: [task(2, "B.0", 9)] }, collects(1))],
    why: "task 1 was aborted and is deleted as done"
  },
  {
    law: "S6",
    after: picked,
    fine: [says(4, going)],
    broken: [says(4, { ...going, tables: [table(undefined, "v")] })],
    why: "task 1 is aborted, and A.0 does not leave tablet 4 of t"
  },
  {
    law: "S7",
    after: picked,
    fine: [says(4, { ...inHand, tables: [leaving] })],
    broken: [says(4, { ...inHand, tables: [table([tablet(4, "B.0"), tablet(9, "B.0")], "v")] })],
    why: "task 1 is for A.0, which has no tablet 4 of t"
  },
  {
    law: "S8",
    after: picked,
    fine: [...does(1, "A.0", [1]), says(4, left, collects(1))],
    broken: [says(4, left, collects(1))],
    why: "nobody builds v from tablet 4 on A.0"
  },
  {
    law: "S9",
    after: picked,
    fine: [says(4, { ...inHand, tasks: [] }, collects(1, 2)), says(5, { statuses: built }, success)],
    broken: [says(4, { statuses: built }, success)],
    why: "v is built, and task 1 is still there"
  },
  {
    law: "S10",
    after: picked,
    fine: [says(4, { ...inHand, statuses: built })],
    broken: [says(4, { ...inHand, statuses: [...started.slice(1), ...built.slice(0, 1)] })],
    why: "v is built on some nodes and not on others"
  },
  {
    law: "S11",
    after: picked,
    fine: [says(4, { tasks: [], processing: "t", statuses: started }, collects(1, 2)), says(5)],
    broken: [says(4, { ...inHand, processing: null })],
    why: "t goes out of hand and has tasks"
  },
  {
    law: "S18",
    after: picked,
    fine: [says(4, { ...left, minTask: 2 }, collects(1))],
    broken: [says(4, { ...left, minTask: 3 }, collects(1))],
    why: "task 2 is below 3, and nobody looks at it"
  },
  {
    law: "S21",
    after: created,
    fine: [says(3, { tables: [table()] }, { ...operator, ...change("DropView", { view: "v" }) })],
    broken: [says(3, { tasks, tables: [table()] }, { ...operator, ...change("DropView", { view: "v" }) })],
    why: "task 1 is for v, and there is no such view"
  },
  {
    law: "S23",
    after: [
      ...picked,
      says(4, { ...inHand, tasks: [task(1, "A.0", 4, { state: "started" })] }, change("StartTasks", { tasks: [1] }))
    ],
    fine: [says(5, {}, change("StartTasks", { tasks: [2] }))],
    broken: [says(5, {}, change("FinishTasks", { tasks: [1] }))],
    why: "task 1 takes a second command of a coordinator"
  },
  {
    law: "S25",
    after: created,
    fine: [seen("Applied", { node: "A", at: 2 })],
    broken: [seen("ApplyFailed", { node: "A", at: 2 })],
    why: "A cannot apply what group 0 says at 2"
  }
]
