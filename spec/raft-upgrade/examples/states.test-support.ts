import type { Example } from "../../example.test-support.ts"
import {
  begins,
  boots,
  edits,
  ends,
  enters,
  goes,
  seen,
  setsOut,
  stops,
  stores,
  tells
} from "../histories.test-support.ts"
import type { RaftUpgradeLabel } from "../labels.ts"

const retry = (round: number, ms: number) => seen("RetryIn", { node: "A", step: "allJoined", round, ms })

/** How far a node is, and what it does about that: S5, S6, S7, S15, S16, S19, S21, S22. */
export const stateExamples: ReadonlyArray<Example<RaftUpgradeLabel>> = [
  {
    law: "S5",
    after: [...setsOut("A", "B"), ...goes("A", "synchronize"), ...goes("A", "post")],
    fine: [stores("A", "post")],
    broken: [stores("A", "synchronize")],
    why: "A goes from use_post_raft_procedures to synchronize"
  },
  {
    law: "S6",
    after: [...setsOut("A", "B"), stores("A", "synchronize")],
    fine: [tells("A", "pre"), enters("A", "synchronize")],
    broken: [begins("A", 1, "pre")],
    why: "operation 1 begins on A in use_pre_raft_procedures, and its disk says synchronize"
  },
  {
    law: "S7",
    after: [...setsOut("A", "B"), begins("A", 1, "pre")],
    fine: [ends("A", 1), stores("A", "synchronize")],
    broken: [stores("A", "synchronize")],
    why: "A goes to synchronize, and operation 1 is on its old path"
  },
  {
    law: "S15",
    after: [...setsOut("A", "B"), edits("A", "WriteState", { text: "recovery" })],
    fine: [stops("A"), boots("A", "recovery")],
    broken: [stores("A", "synchronize")],
    why: "A writes synchronize over what its operator wrote"
  },
  {
    law: "S16",
    after: [boots("A", "recovery", { group: 1, history: 4 }), stops("A"), edits("A", "DeleteState")],
    fine: [edits("A", "EraseGroup"), edits("A", "EraseHistory"), boots("A")],
    broken: [boots("A", "pre", { group: 1, history: 4 })],
    why: "A comes out of recovery with group 1"
  },
  {
    law: "S19",
    after: setsOut("A", "B"),
    fine: [stops("A")],
    broken: [seen("Crashed", { node: "A", why: "two ids for B" })],
    why: "A ended itself: two ids for B"
  },
  {
    law: "S21",
    after: [...setsOut("A", "B"), retry(1, 1_000)],
    fine: [retry(2, 2_000), retry(9, 16_000)],
    broken: [retry(2, 16_000)],
    why: "A waits 16000 ms for round 2 of allJoined"
  },
  {
    law: "S22",
    after: [...setsOut("A", "B"), stores("A", "synchronize"), stops("A")],
    fine: [boots("A", "synchronize")],
    broken: [boots("A")],
    why: "A stored synchronize, and finds null"
  }
]
