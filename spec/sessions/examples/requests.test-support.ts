import type { Example } from "../../example.test-support.ts"
import {
  answers,
  asks,
  barrier,
  cleans,
  ends,
  lands,
  moving,
  purges,
  refuses,
  row,
  says,
  serves,
  still
} from "../histories.test-support.ts"
import type { ClusterLabel } from "../labels.ts"
import { allowed, both, bothDo, idle, way } from "./ground.test-support.ts"

const switched = [says(4, [moving("write_both_read_new", way)]), says(5, [moving("use_new", way)])]
const over = [...switched, cleans("A.0"), says(6, [still("B.0")])]
/** A write, or a deletion, that both replicas have and the client was told of. */
const told = (value?: null) => [
  asks("r1", 3, "AB", row(5, value)),
  serves("r1", "A.0", 1),
  serves("r1", "B.0", 1),
  answers("r1")
]
const buried = [...both, told(null), purges("A.0", 6), purges("B.0", 6)]

/** Requests of clients, and rows: V2, V3c, V4, V5v, V7, D1, D2, D2r, D3, D4, D5. */
export const requestExamples: ReadonlyArray<Example<ClusterLabel>> = [
  {
    law: "V2",
    after: [...both, says(4, [moving("write_both_read_new", way)]), asks("r1", 2, "A")],
    fine: [asks("r2", 3, "A")],
    broken: [asks("r2", 4, "B")],
    why: "requests for t1 are routed in two ways that have neither reads nor writes in common"
  },
  {
    law: "V3c",
    after: [idle, barrier(1, 1, "A", "B"), says(2, [still("A.0")], { by: { _tag: "Operator" } })],
    fine: [says(3, [still("A.0")], { version: 2, fence: 1 })],
    broken: [says(3, [still("A.0")], { version: 2, fence: 2 })],
    why: "the fence becomes 2, and no barrier began at that version"
  },
  {
    law: "V4",
    after: [...allowed, asks("r1", 1, "A")],
    fine: [refuses("r1", "A.0", 2)],
    broken: [serves("r1", "A.0", 2)],
    why: "A.0 serves r1 of version 1, and its fence is 2"
  },
  {
    law: "V5v",
    after: [...allowed, asks("r1", 1, "A"), barrier(1, 2, "A", "B"), bothDo(1, 2)],
    fine: [answers("r1"), ends(1)],
    broken: [ends(1)],
    why: "a barrier of version 2 succeeds while r1 goes on at 1"
  },
  {
    law: "V7",
    after: both,
    fine: [asks("r1", 3, "AB", row(5))],
    broken: [asks("r1", 3, "A", row(5))],
    why: "r1 does not go to B, where writes of version 3 go"
  },
  {
    law: "D1",
    after: [...both, asks("r1", 2, "A", row(5)), serves("r1", "A.0", 1), answers("r1")],
    fine: [lands("B.0", "x", row(5)), ...over],
    broken: over,
    why: "the write of k at 5 is on [] of [B.0]"
  },
  {
    law: "D2",
    after: buried,
    fine: [lands("A.0", "x", row(7))],
    broken: [lands("A.0", "x", row(1))],
    why: "k was deleted at 5 and purged, and an older write of it is back on A.0"
  },
  {
    law: "D2r",
    after: [...buried, asks("r2", 3, "A"), serves("r2", "A.0", 1)],
    fine: [answers("r2")],
    broken: [answers("r2", row(1))],
    why: "r2 returns k, which was deleted at 5 and purged"
  },
  {
    law: "D3",
    after: [...both, ...switched],
    fine: [cleans("A.0"), says(6, [still("B.0")])],
    broken: [says(6, [still("B.0")])],
    why: "A.0 has data of t1, which is in no transition and is not its own"
  },
  {
    law: "D4",
    after: [...both, told(), asks("r2", 3, "A"), serves("r2", "A.0", 1)],
    fine: [answers("r2", row(5))],
    broken: [answers("r2", row(1))],
    why: "r2 sees k as of 1, and it was written at 5"
  },
  {
    law: "D5",
    after: [...both, asks("r1", 3, "AB", row(5)), says(4, [moving("cleanup_target", way)], { ignored: ["B"] })],
    fine: [serves("r1", "A.0", 1), serves("r1", "B.0", 1), answers("r1"), cleans("B.0")],
    broken: [cleans("B.0")],
    why: "B.0 drops t1 while r1 of version 3 may write to it"
  }
]
