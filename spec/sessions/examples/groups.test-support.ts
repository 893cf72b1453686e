import type { Example } from "../../example.test-support.ts"
import { moving, says, seen, still } from "../histories.test-support.ts"
import type { ClusterLabel } from "../labels.ts"
import { idle, way, withX } from "./ground.test-support.ts"

const shared = { colocated: ["t1.second"] }
const streaming = { ...moving("streaming", withX), ...shared }
const streamed = (tablet: string): ClusterLabel =>
  seen("OperationEnded", { node: "B", operation: "stream", tablet, reason: null })
const next = says(3, [{ ...moving("write_both_read_new", way), ...shared }])

/** Tables that share a tablet, and tables that are split: D8, V8. */
export const groupExamples: ReadonlyArray<Example<ClusterLabel>> = [
  {
    law: "D8",
    after: [says(2, [streaming]), streamed("t1")],
    fine: [streamed("t1.second"), next],
    broken: [next],
    why: "t1 leaves streaming, and t1.second has had no stream"
  },
  {
    law: "V8",
    after: [idle, says(2, [still("A.0")], { resize: "split" })],
    fine: [says(3, [still("A.0"), { ...still("A.0"), tablet: "t2" }])],
    broken: [
      says(3, [moving("write_both_read_old", withX)], { resize: "split" }),
      says(4, [moving("write_both_read_old", withX), { ...still("A.0"), tablet: "t2" }])
    ],
    why: "a split is carried out while t1 is in write_both_read_old"
  }
]
