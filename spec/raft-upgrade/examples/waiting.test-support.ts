import type { Example } from "../../example.test-support.ts"
import {
  begins,
  boots,
  ends,
  erases,
  gathered,
  goes,
  reconfigured,
  seen,
  setsOut,
  stops
} from "../histories.test-support.ts"
import type { RaftUpgradeLabel } from "../labels.ts"

const together = [...setsOut("A", "B"), ...setsOut("B", "A"), ...gathered("A", "B")]
const whole = [...together, ...goes("A", "synchronize"), ...goes("B", "synchronize")]
const through = [...goes("A", "post"), ...goes("B", "post")]
const refused = seen("OperationRefused", { node: "A", operation: 1, reason: "Synchronizing" })

/** What must not be waited for in vain: V1, V3, V4, V5, V6, V7, V8, V9. */
export const waitingExamples: ReadonlyArray<Example<RaftUpgradeLabel>> = [
  { law: "V1", after: whole, fine: through, broken: goes("A", "post"), why: "B is in synchronize" },
  {
    law: "V3",
    after: whole,
    fine: [],
    broken: goes("A", "post"),
    why: "B is in synchronize, and A uses group 0"
  },
  {
    law: "V4",
    after: [...together, stops("B"), seen("DeclaredLost", { node: "B" }), ...erases("A"), boots("A")],
    fine: [...goes("A", "synchronize"), ...goes("A", "post")],
    broken: goes("A", "synchronize"),
    why: "A is in synchronize"
  },
  {
    law: "V5",
    after: [...whole, ...through, begins("A", 1, "post", "group0")],
    fine: [ends("A", 1)],
    broken: [],
    why: "operation 1 of A is not over"
  },
  { law: "V6", after: whole, fine: [], broken: [refused], why: "A turns schema changes away" },
  {
    law: "V7",
    after: [...whole, stops("B"), boots("B", "synchronize", { group: 1 })],
    fine: through,
    broken: goes("A", "post"),
    why: "B is in synchronize"
  },
  {
    law: "V8",
    after: [...whole, ...through, seen("LeftRing", { node: "B", by: "A" })],
    fine: [reconfigured("remove", "B", ["A"])],
    broken: [],
    why: "B is off the ring, and in the group of A"
  },
  {
    law: "V9",
    after: [...setsOut("A", "B"), seen("DiscoveryBegan", { node: "A" })],
    fine: [seen("GroupStored", { node: "A", group: 1 })],
    broken: [],
    why: "A looks for a group"
  }
]
