import type { Example } from "../../example.test-support.ts"
import {
  barrier,
  cleans,
  ends,
  enters,
  forgets,
  goesOver,
  lands,
  leaves,
  moving,
  says,
  seen,
  still
} from "../histories.test-support.ts"
import type { ClusterLabel } from "../labels.ts"
import { bothDo, cleared, idle, moves, open, way, withX } from "./ground.test-support.ts"

const forgotten = [forgets("A.0", "x"), forgets("B.0", "x")]
const asked = (index: number, version: number) => [barrier(index, version, "A", "B"), ...bothDo(index, version)]
const began = { node: "B", operation: "stream", tablet: "t1", session: "x" }
const over = [...cleared, says(5, [moving("use_new", way)]), cleans("A.0")]

/** Sessions on shards and what barriers fence: S1, S7, S10, V1s, V3s, S12, C2, S6, S8, S8o, V5, V5s, S5c, C4. */
export const sessionExamples: ReadonlyArray<Example<ClusterLabel>> = [
  {
    law: "S1",
    after: [idle, says(2, [moving("write_both_read_old", withX)])],
    fine: [goesOver("A.0", 2, "x")],
    broken: [goesOver("A.0", 2)],
    why: "A.0 at 2 has [] open and should have [x]"
  },
  {
    law: "S7",
    after: cleared,
    fine: [enters("B.0", "x")],
    broken: [goesOver("B.0", 4), enters("B.0", "x")],
    why: "w enters x on B.0, which knows since 4 that it is over"
  },
  {
    law: "S10",
    after: [idle, says(2, [moving("write_both_read_old", withX)]), goesOver("A.0", 2, "x")],
    fine: [goesOver("B.0", 2, "x"), says(3, [moving("streaming", withX)])],
    broken: [says(3, [moving("streaming", withX)])],
    why: "data of t1 moves under x, which is not open on B"
  },
  {
    law: "V1s",
    after: open,
    fine: [goesOver("A.0", 2, "x")],
    broken: [goesOver("A.0", 1)],
    why: "A.0 goes from 2 (version 2) to 1 (version 1)"
  },
  {
    law: "V3s",
    after: open,
    fine: [seen("ShardCommitted", { node: "A", shard: 0, at: 2, version: 2, fence: 2, open: ["x"] })],
    broken: [seen("ShardCommitted", { node: "A", shard: 0, at: 2, version: 2, fence: 3, open: ["x"] })],
    why: "A.0 has version 2 and fence 3"
  },
  {
    law: "S12",
    after: open,
    fine: [enters("B.0", "x")],
    broken: [enters("B.0", "default")],
    why: "w works under the default session, which nothing fences"
  },
  {
    law: "C2",
    after: open,
    fine: [seen("OperationBegan", began)],
    broken: [seen("OperationBegan", { ...began, tablet: "t2" })],
    why: "stream works for t2 under x, which was set for t1"
  },
  {
    law: "S6",
    after: [...cleared, asked(1, 4), forgotten],
    fine: [lands("B.0", "x"), ends(1)],
    broken: [ends(1), lands("B.0", "x")],
    why: "w lands on B.0 under x, which a barrier has fenced"
  },
  {
    law: "S8",
    after: [...moves, enters("B.0", "x"), ...over.slice(moves.length)],
    fine: [leaves("B.0", "x"), says(6, [still("B.0")])],
    broken: [says(6, [still("B.0")])],
    why: "w is inside x on B.0, and the transition of that session is over"
  },
  {
    law: "S8o",
    after: [...moves, seen("OperationBegan", began), ...over.slice(moves.length)],
    fine: [
      seen("OperationEnded", { node: "B", operation: "stream", tablet: "t1", reason: null }),
      says(6, [still("B.0")])
    ],
    broken: [says(6, [still("B.0")])],
    why: "B still has its stream of t1 going on"
  },
  {
    law: "V5",
    after: [idle, barrier(1, 1, "A", "B"), bothDo(1, 1).slice(0, 2)],
    fine: [bothDo(1, 1).slice(2), ends(1)],
    broken: [ends(1)],
    why: "a barrier succeeds, and B has not done it"
  },
  {
    law: "V5s",
    after: [...moves, enters("B.0", "x"), ...cleared.slice(moves.length), asked(1, 4)],
    fine: [leaves("B.0", "x"), ends(1)],
    broken: [ends(1)],
    why: "a barrier succeeds while w is inside x on B.0"
  },
  {
    law: "S5c",
    after: [...cleared, asked(1, 4), forgets("A.0", "x")],
    fine: [forgets("B.0", "x"), ends(1)],
    broken: [ends(1)],
    why: "a barrier succeeds, and B.0 still has x"
  },
  {
    law: "C4",
    after: [
      ...open,
      barrier(1, 2, "A", "B"),
      ends(1, false),
      says(3, [moving("write_both_read_old", withX)], { ignored: ["B"] })
    ],
    fine: [says(4, [moving("cleanup_target", way)], { ignored: ["B"] }), barrier(2, 4, "A")],
    broken: [barrier(2, 3, "A")],
    why: "a barrier for t1 has failed, a replica is dead, and another barrier begins instead of the way back"
  }
]
