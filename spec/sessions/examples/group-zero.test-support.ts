import type { Example } from "../../example.test-support.ts"
import { moving, says, seen, still } from "../histories.test-support.ts"
import type { ClusterLabel } from "../labels.ts"
import { allowed, cleared, idle, moves, open, way, withX } from "./ground.test-support.ts"

const later = { by: { _tag: "Coordinator", term: 2 } }
const lost = { ignored: ["B"] }

/** What group 0 is told to say, and by whom: S9, S11, V1, V3, V6, C1, C1a, C3, D6. */
export const groupZeroExamples: ReadonlyArray<Example<ClusterLabel>> = [
  {
    law: "S9",
    after: cleared,
    fine: [says(5, [moving("streaming", { ...way, session: "y" })])],
    broken: [says(5, [moving("streaming", withX)])],
    why: "x was removed at 4 and is set again"
  },
  {
    law: "S11",
    after: moves,
    fine: [says(4, [moving("write_both_read_new", way)])],
    broken: [says(4, [moving("write_both_read_new", withX)])],
    why: "t1 is in write_both_read_new and still has x"
  },
  {
    law: "V1",
    after: [idle],
    fine: [says(2, [moving("write_both_read_old", way)])],
    broken: [says(2, [moving("write_both_read_old", way)], { version: 1 })],
    why: "t1 goes on to write_both_read_old, and the version stays 1"
  },
  {
    law: "V3",
    after: [idle],
    fine: [says(2, [still("A.0")], { version: 2, fence: 2 })],
    broken: [says(2, [still("A.0")], { version: 2, fence: 3 })],
    why: "the fence is 3 and the version 2"
  },
  {
    law: "V6",
    after: cleared,
    fine: [says(5, [moving("write_both_read_old_fallback_cleanup", way)], lost)],
    broken: [says(5, [moving("cleanup_target", way)], lost)],
    why: "t1 goes from write_both_read_new to cleanup_target, and both writes and reads go elsewhere"
  },
  {
    law: "C1",
    after: [idle, says(2, [still("A.0")], later)],
    fine: [says(3, [still("A.0")], later)],
    broken: [says(3, [still("A.0")])],
    why: "the coordinator of term 1 commits after that of term 2"
  },
  {
    law: "C1a",
    after: [
      idle,
      seen("BarrierBegan", { term: 2, index: 1, command: "barrier_and_drain", version: 1, targets: ["A"], tablets: [] })
    ],
    fine: [says(2, [still("A.0")], later)],
    broken: [says(2, [still("A.0")])],
    why: "the coordinator of term 1 commits, and that of term 2 is at work already"
  },
  {
    law: "C3",
    after: open,
    fine: [says(3, [moving("cleanup_target", way)], lost)],
    broken: [says(3, [moving("cleanup_target", way)])],
    why: "t1 goes back from write_both_read_old, and has lost nothing that it needs"
  },
  {
    law: "D6",
    after: [...allowed, says(3, [moving("rebuild_repair", { ...withX, kind: "rebuild_v2" })])],
    fine: [
      seen("OperationEnded", { node: "A", operation: "repair", tablet: "t1", reason: null }),
      says(4, [moving("streaming", { ...withX, kind: "rebuild_v2" })])
    ],
    broken: [says(4, [moving("streaming", { ...withX, kind: "rebuild_v2" })])],
    why: "t1 goes on to stream, and nobody has repaired it"
  }
]
