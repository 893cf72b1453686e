import type { Example } from "../../example.test-support.ts"
import {
  applies,
  begins,
  boots,
  commits,
  ends,
  enters,
  gathered,
  goes,
  schema,
  seen,
  setsOut,
  stops,
  stores
} from "../histories.test-support.ts"
import type { RaftUpgradeLabel } from "../labels.ts"

const together = [...setsOut("A", "B"), ...setsOut("B", "A"), ...gathered("A", "B")]
const half = [...together, ...goes("A", "synchronize")]
const whole = [...half, ...goes("B", "synchronize")]
const early = seen("FinishedEarly", { node: "B", of: "A" })

/** How a cluster crosses over together: S8, S9, S10, S11, S12, S17, S18, S24, V2. */
export const crossingExamples: ReadonlyArray<Example<RaftUpgradeLabel>> = [
  {
    law: "S8",
    after: half,
    fine: [...goes("B", "synchronize"), enters("A", "post")],
    broken: [enters("A", "post")],
    why: "A uses group 0, and B is in use_pre_raft_procedures"
  },
  {
    law: "S9",
    after: [...half, begins("B", 1, "pre")],
    fine: [ends("B", 1), enters("A", "post")],
    broken: [enters("A", "post")],
    why: "A uses group 0, and operation 1 of B is on its old path"
  },
  {
    law: "S10",
    after: [...whole, schema("B", ["x"])],
    fine: [schema("A", ["x"], "sync"), enters("A", "post")],
    broken: [enters("A", "post")],
    why: "A uses group 0 with schema {}, and B has {x}"
  },
  {
    // A falls between its disk and its memory: it is the first there when it begins again, and not whoever enters it next.
    law: "S10",
    after: [...whole, stores("A", "post"), stops("A")],
    fine: [boots("A", "post", { group: 1 }), schema("A", ["g"], "command"), enters("B", "post")],
    broken: [schema("B", ["x"]), boots("A", "post", { group: 1 })],
    why: "A uses group 0 with schema {}, and B has {x}"
  },
  {
    law: "S11",
    after: [...half, begins("B", 1, "pre"), schema("B", ["m1"]), ends("B", 1), ...goes("B", "synchronize")],
    fine: [schema("A", ["m1"], "sync"), enters("A", "post")],
    broken: [enters("A", "post")],
    why: "A uses group 0 without m1, which B has acknowledged"
  },
  {
    law: "S12",
    after: [...whole, ...goes("A", "post"), commits("A", 1), applies("A", 1)],
    fine: [applies("B", 1)],
    broken: [applies("B", 1, false)],
    why: "command 1 does not change B, unlike the others"
  },
  {
    law: "S17",
    after: whole,
    fine: [...goes("A", "post"), early],
    broken: [early],
    why: "B goes by A, which is not through"
  },
  {
    law: "S18",
    after: [...whole, schema("A", ["x"]), ...goes("A", "post"), stores("B", "post")],
    fine: [schema("B", ["x"], "sync"), enters("B", "post")],
    broken: [enters("B", "post")],
    why: "B uses group 0 with {}, and it began with {x}"
  },
  {
    law: "S24",
    after: [...whole, ...goes("A", "post")],
    fine: [schema("A", ["x"], "push")],
    broken: [schema("A", ["x"], "pull")],
    why: "A uses group 0, and pulls its schema from another node"
  },
  {
    law: "V2",
    after: [...half, stops("B"), seen("DeclaredLost", { node: "B" })],
    fine: [enters("A", "synchronize")],
    broken: [enters("A", "post")],
    why: "A uses group 0, and B was lost in use_pre_raft_procedures"
  }
]
