import type { Example } from "../../example.test-support.ts"
import { barrier, does, ends, enters, leaves, moving, says, seen, still } from "../histories.test-support.ts"
import type { ClusterLabel } from "../labels.ts"
import { cleared, idle, moves, way, withX } from "./ground.test-support.ts"

const topology = { queue: [], current: null, over: [], owners: ["A"], dirty: [] }

/** What is owed at the end: L1 to L6, L8. */
export const waitingExamples: ReadonlyArray<Example<ClusterLabel>> = [
  {
    law: "L1",
    after: [idle, barrier(1, 1, "A", "B"), does("A", 1, 1)],
    fine: [does("B", 1, 1), ends(1)],
    broken: [],
    why: "command 1 waits for B"
  },
  {
    law: "L2",
    after: [...moves, barrier(1, 3, "A", "B"), enters("B.0", "x")],
    fine: [says(4, [moving("write_both_read_new", way)])],
    broken: [],
    why: "command 1 waits, and nobody is inside but under sessions that are open"
  },
  { law: "L3", after: moves, fine: [says(4, [still("A.0")])], broken: [], why: "t1 is in streaming" },
  {
    law: "L4",
    after: moves,
    fine: [],
    broken: [says(4, [moving("streaming", withX)], { ignored: ["B"] })],
    why: "t1 has lost a replica and is in streaming"
  },
  {
    law: "L5",
    after: [...moves, enters("B.0", "x"), ...cleared.slice(moves.length)],
    fine: [leaves("B.0", "x")],
    broken: [],
    why: "w is still inside x on B.0"
  },
  {
    law: "L5t",
    after: [idle],
    fine: [says(2, [], { topology })],
    broken: [says(2, [], { session: "x", topology })],
    why: "x is set, and no request is in hand"
  },
  {
    law: "L6",
    after: [...moves, seen("Elected", { term: 2, node: "B" })],
    fine: [says(4, [moving("streaming", withX)], { by: { _tag: "Coordinator", term: 2 } })],
    broken: [],
    why: "the coordinator of term 2 has done nothing about t1"
  },
  {
    law: "L8",
    after: [idle, seen("CommandAccepted", { node: "A", term: 1, index: 1, at: 1 })],
    fine: [seen("CommandAnswered", { node: "A", term: 1, index: 1, reason: null })],
    broken: [],
    why: "A has accepted command 1 and not answered it"
  }
]
