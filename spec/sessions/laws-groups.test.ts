// Goal: V8, D8 and S9's exception say yes and no where they should. Method: stories written down by hand, and what their last label breaks.
import { describe, expect, test } from "vitest"
import { brokenBy, goesOver, moving, says, seen, still } from "./histories.test-support.ts"

const way = { from: ["A.0"], to: ["B.0"] }
const shared = (tablet: object) => ({ ...tablet, colocated: ["t1b"] })
const streamed = (tablet: string, reason: string | null = null) => [
  seen("OperationBegan", { node: "B", operation: "stream", tablet, session: "x" }),
  seen("OperationEnded", { node: "B", operation: "stream", tablet, reason })
]
const streaming = [
  says(1, [shared(still("A.0"))]),
  says(2, [shared(moving("write_both_read_old", { ...way, session: "x" }))]),
  goesOver("A.0", 2, "x"),
  goesOver("B.0", 2, "x"),
  says(3, [shared(moving("streaming", { ...way, session: "x" }))])
]
const onwards = says(4, [shared(moving("write_both_read_new", way))])

describe("sessions: laws: tables that share a tablet", () => {
  test("S9: they are one tablet, and have one session", () => {
    expect(brokenBy(...streaming)).toEqual([])
  })

  test("D8: streaming is left when the last of them was streamed", () => {
    expect(brokenBy(...streaming, streamed("t1"), streamed("t1b"), onwards)).toEqual([])
    expect(brokenBy(...streaming, streamed("t1"), onwards)).toEqual(["D8"])
    expect(brokenBy(...streaming, streamed("t1"), streamed("t1b", "StreamFailed"), onwards)).toEqual(["D8"])
  })

  test("D8: a way back asks for nothing", () => {
    expect(brokenBy(...streaming, streamed("t1"), says(4, [shared(moving("cleanup_target", way))]))).toEqual([])
  })

  test("C2: what lands for one of them comes under the session of all", () => {
    const lands = (tablet: string) => seen("Landed", { node: "B", shard: 0, tablet, session: "x", work: "w", rows: [] })
    expect(brokenBy(...streaming, lands("t1b"))).toEqual([])
  })
})

describe("sessions: laws: splits and merges", () => {
  const halves = [still("A.0"), { ...still("A.0"), tablet: "t1.2" }]

  test("V8: a split that was decided under a transition waits for its end", () => {
    const decided = [says(1, [still("A.0")]), says(2, [moving("allow_write_both_read_old", way)], { resize: "split" })]
    const split = says(3, [moving("allow_write_both_read_old", way), halves[1]!])
    expect(brokenBy(...decided, split)).toEqual(["V8"])
    expect(brokenBy(says(1, [still("A.0")], { resize: "split" }), says(2, halves))).toEqual([])
    expect(brokenBy(says(1, halves, { resize: "merge" }), says(2, [still("A.0")]))).toEqual([])
  })
})
