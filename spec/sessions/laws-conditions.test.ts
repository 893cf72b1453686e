import { describe, expect, test } from "vitest"
import { answers, asks, brokenBy, moving, purges, row, says, seen, serves, still } from "./histories.test-support.ts"
import type { ClusterLabel } from "./labels.ts"

const idle = says(1, [still("A.0", "B.0", "C.0")])

/** A conditional write of the one key that asks for a value. */
const asksIf = (request: string, timestamp: number, condition: string | null): ClusterLabel =>
  seen("RequestBegan", { ...asks(request, 1, "ABC", row(timestamp)), condition })

const round = (request: string, place: string, name: string, fence = 1, ...rows: ReadonlyArray<object>): ClusterLabel =>
  seen("Served", { ...serves(request, place, fence, ...rows), round: name })

/** Two replicas of three go through all rounds. */
const decides = (request: string, ...rows: ReadonlyArray<object>): ReadonlyArray<ClusterLabel> => [
  ...["A.0", "B.0"].flatMap((place) => [round(request, place, "prepare"), round(request, place, "accept")]),
  ...["A.0", "B.0"].map((place) => round(request, place, "learn", 1, ...rows))
]

const applies = (request: string, found = row(1)): ClusterLabel =>
  seen("RequestEnded", { ...answers(request, found), applied: true })
const doesNotApply = (request: string, found = row(1)): ClusterLabel =>
  seen("RequestEnded", { ...answers(request, found), applied: false })

const first = [idle, asksIf("r1", 5, "w1"), ...decides("r1", row(5))]

describe("sessions: laws: conditional writes", () => {
  test("D7: of two that ask for the same value one is applied", () => {
    const both = [...first, asksIf("r2", 6, "w1"), ...decides("r2", row(6)), applies("r1")]
    expect(brokenBy(...both, applies("r2"))).toEqual(["D7"])
    expect(brokenBy(...both, doesNotApply("r2", row(5)))).toEqual([])
  })

  test("D7: none is applied on what was replaced before, unless somebody writes it again", () => {
    const again = [...first, applies("r1"), asks("r3", 1, "ABC", row(6, "w1")), serves("r3", "A.0", 1)]
    const next = [asksIf("r2", 7, "w1"), ...decides("r2", row(7))]
    expect(brokenBy(...again, ...next, applies("r2", row(6, "w1")))).toEqual([])
  })

  test("D7: one that nobody knows the end of has replaced nothing", () => {
    const failed = seen("RequestEnded", { request: "r1", ok: false, rows: [] })
    expect(brokenBy(...first, failed, asksIf("r2", 6, "w1"), ...decides("r2", row(6)), applies("r2"))).toEqual([])
  })

  test("D4: a conditional write finds what was acknowledged before it began", () => {
    const after = [...first, applies("r1"), asksIf("r2", 6, "w5"), ...decides("r2", row(6))]
    expect(brokenBy(...after, applies("r2", row(5)))).toEqual([])
    expect(brokenBy(...after, doesNotApply("r2", row(1)))).toEqual(["D4"])
  })

  test("D1: one that was applied is on the replicas that the tablet ends up with", () => {
    const way = { from: ["A.0"], to: ["B.0"] }
    const begins = [says(1, [still("A.0")]), says(2, [moving("allow_write_both_read_old", way)])]
    const both = [...begins, says(3, [moving("write_both_read_old", { ...way, session: "x" })])]
    const asked = seen("RequestBegan", { ...asks("r1", 2, "A", row(5)), condition: "w1" })
    const rounds = ["prepare", "accept"].map((name) => round("r1", "A.0", name))
    const over = [
      says(4, [moving("write_both_read_new", way)]),
      says(5, [moving("use_new", way)]),
      seen("Cleaned", { node: "A", shard: 0, tablet: "t1" }),
      says(6, [still("B.0")])
    ]
    const written = [...both, asked, ...rounds, round("r1", "A.0", "learn", 1, row(5))]
    expect(brokenBy(...written, applies("r1"), ...over)).toEqual(["D1"])
    expect(brokenBy(...written, doesNotApply("r1"), ...over)).toEqual([])
  })

  test("V4: enough have to say yes in the last round, and none below its fence", () => {
    const short = [idle, asksIf("r1", 5, "w1"), ...decides("r1").slice(0, -1)]
    expect(brokenBy(...short, applies("r1"))).toEqual(["V4"])
    expect(brokenBy(...first, applies("r1"), round("r1", "C.0", "learn", 2, row(5)))).toEqual(["V4"])
    expect(brokenBy(...short, round("r1", "C.0", "prepare"), applies("r1"))).toEqual(["V4"])
  })
})

describe("sessions: laws: hints", () => {
  const sends = (to: string): ClusterLabel => seen("RequestBegan", { ...asks("hint-1", 1, to, row(5)), hint: "r1" })
  const lost = [
    idle,
    asks("r1", 1, "ABC", row(5)),
    serves("r1", "A.0", 1),
    seen("RequestEnded", { request: "r1", ok: false, rows: [] })
  ]

  test("V7: a hint goes to those that have missed the write", () => {
    expect(brokenBy(...lost, sends("B"))).toEqual([])
    expect(brokenBy(...lost, asks("r2", 1, "B", row(5)))).toEqual(["V7"])
  })

  test("V4: a hint is fenced by the token that it is sent with", () => {
    expect(brokenBy(...lost, sends("B"), serves("hint-1", "B.0", 2))).toEqual(["V4"])
    expect(brokenBy(...lost, sends("B"), serves("hint-1", "B.0", 1))).toEqual([])
  })

  test("D1 and D4: that a hint was delivered promises nothing to anybody", () => {
    const delivered = [...lost, sends("B"), serves("hint-1", "B.0", 1), answers("hint-1")]
    expect(
      brokenBy(
        ...delivered,
        asks("r2", 1, "ABC"),
        serves("r2", "C.0", 1),
        serves("r2", "A.0", 1),
        answers("r2", row(1))
      )
    ).toEqual([])
  })

  test("D2: a hint does not bring back what was deleted and purged", () => {
    const deleted = [asks("r2", 1, "ABC", row(6, null)), serves("r2", "A.0", 1), serves("r2", "B.0", 1), answers("r2")]
    const late = [...lost, ...deleted, sends("B")]
    expect(brokenBy(...late, serves("hint-1", "B.0", 1))).toEqual([])
    expect(brokenBy(...late, purges("A.0", 7), purges("B.0", 7), serves("hint-1", "B.0", 1))).toEqual(["D2"])
  })
})
