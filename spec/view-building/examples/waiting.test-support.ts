import type { Example } from "../../example.test-support.ts"
import {
  answers,
  arrives,
  begins,
  elected,
  ends,
  guard,
  lists,
  moving,
  processes,
  queues,
  says,
  seen,
  sends,
  stages,
  statuses,
  table,
  tablet,
  task
} from "../histories.test-support.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import { inHand, picked } from "./ground.test-support.ts"

const aborted = says(4, {
  ...inHand,
  tasks: [task(1, "A.0", 4, { state: "aborted" }), task(2, "B.0", 9)],
  tables: [table([moving(4, "write_both_read_old"), tablet(9, "B.0")], "v")]
})
const over = says(5, { statuses: statuses("v", "SUCCESS", "A", "B") })
const takes = (node: string) => seen("BuiltViewsWritten", { node, views: ["v"] })

/** What is owed at the end: L1 to L7. */
export const waitingExamples: ReadonlyArray<Example<ViewBuildingLabel>> = [
  { law: "L1", after: picked, fine: [over], broken: [], why: "task 1 for A.0 is still there" },
  {
    law: "L2",
    after: [...picked, over, takes("A")],
    fine: [takes("B")],
    broken: [],
    why: "B does not take v for built"
  },
  {
    law: "L3",
    after: [...picked, aborted],
    fine: [over],
    broken: [],
    why: "task 1 is aborted, and nobody has made it anew"
  },
  {
    law: "L4",
    after: [...picked, stages("s", "A.0")],
    fine: [processes("s", "A.0")],
    broken: [],
    why: "s is in staging on A.0"
  },
  { law: "L5", after: picked, fine: [over], broken: [], why: "t is in hand, and does not go" },
  {
    law: "L6",
    after: [elected(1), ...picked, guard(3)],
    fine: [sends(1, "A.0", [1])],
    broken: [],
    why: "task 1 could be done, and nobody has asked A.0"
  },
  {
    law: "L6w",
    after: [
      ...picked,
      arrives(1, "A.0", [1]),
      begins(1, "A.0", [1]),
      seen("CallAttached", { node: "A", shard: 0, call: 1, batch: 1 }),
      ends(1, "A.0", "aborted")
    ],
    fine: [answers(1, "A.0", [])],
    broken: [],
    why: "call 1 waits on A.0 for a batch that is over"
  },
  {
    law: "L6o",
    after: [...picked, begins(1, "A.0", [1]), aborted],
    fine: [ends(1, "A.0", "aborted")],
    broken: [],
    why: "batch 1 on A.0 goes on with task 1, which nobody wants"
  },
  {
    law: "L6r",
    after: [...picked, stages("s", "A.0"), queues("s", "A.0")],
    fine: [lists("s", "A.0", 3)],
    broken: [],
    why: "s waits on A to be registered"
  },
  {
    law: "L7",
    after: [seen("Applied", { node: "A", at: 1 }), ...picked],
    fine: [seen("Applied", { node: "A", at: 3 })],
    broken: [],
    why: "A has applied 1, and group 0 is at 3"
  }
]
