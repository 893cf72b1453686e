import { describe, expect, test } from "vitest"
import {
  answers,
  asks,
  barrier,
  brokenBy,
  cleans,
  does,
  ends,
  lands,
  moving,
  purges,
  refuses,
  row,
  says,
  seen,
  serves,
  still
} from "./histories.test-support.ts"

const way = { from: ["A.0"], to: ["B.0"] }
const idle = says(1, [still("A.0")])
const allowed = [idle, says(2, [moving("allow_write_both_read_old", way)])]
const both = [...allowed, says(3, [moving("write_both_read_old", { ...way, session: "x" })])]

/** Reads go over to the new replica, and then writes. */
const switched = [says(4, [moving("write_both_read_new", way)]), says(5, [moving("use_new", way)])]

/** A write that both replicas of a migration have, and that the client was told of. */
const written = (request: string, timestamp: number, value?: null) => [
  asks(request, 3, "AB", row(timestamp, value)),
  serves(request, "A.0", 1),
  serves(request, "B.0", 1),
  answers(request)
]

describe("sessions: laws: requests", () => {
  test("V2: two ways of routing at once, and they are neighbours", () => {
    const ways = [...both, says(4, [moving("write_both_read_new", way)])]
    expect(brokenBy(...ways, asks("r1", 2, "A"), asks("r2", 3, "A"))).toEqual([])
    expect(brokenBy(...ways, asks("r1", 3, "A"), asks("r2", 4, "B"))).toEqual([])
    expect(brokenBy(...ways, asks("r1", 2, "A"), asks("r2", 4, "B"))).toEqual(["V2"])
  })

  test("V2 and V5v: nobody is older than a barrier that has succeeded", () => {
    const asked = [...allowed, barrier(1, 2, "A", "B")]
    const done = [...does("A", 1, 2), ...does("B", 1, 2)]
    expect(brokenBy(...asked, ...done, ends(1), asks("r1", 1, "A"))).toEqual(["V2"])
    expect(brokenBy(...asked, ...done, ends(1), asks("r1", 2, "A"))).toEqual([])
    expect(brokenBy(...allowed, asks("r1", 1, "A"), barrier(1, 2, "A", "B"), done, ends(1))).toEqual(["V5v"])
  })

  test("V3c: the fence does not rise above a request that goes on", () => {
    const raised = says(3, [moving("allow_write_both_read_old", way)], { version: 2, fence: 2 })
    expect(brokenBy(...allowed, asks("r1", 1, "A"), barrier(1, 2, "A", "B"), raised)).toEqual(["V3c"])
    expect(brokenBy(...allowed, asks("r1", 2, "A"), barrier(1, 2, "A", "B"), raised)).toEqual([])
  })

  test("V4: a stale request is refused, and its client hears of no success", () => {
    expect(brokenBy(...allowed, asks("r1", 1, "A"), serves("r1", "A.0", 2))).toEqual(["V4"])
    expect(brokenBy(...allowed, asks("r1", 1, "A"), refuses("r1", "A.0", 2))).toEqual([])
    expect(brokenBy(...allowed, asks("r1", 1, "A"), refuses("r1", "A.0", 2), answers("r1"))).toEqual(["V4"])
    expect(brokenBy(...allowed, asks("r1", 0, "A"), serves("r1", "A.0", 2))).toEqual([])
  })
})

describe("sessions: laws: rows", () => {
  test("D1: what was acknowledged is on the replicas that the tablet ends up with", () => {
    const over = [...switched, cleans("A.0"), says(6, [still("B.0")])]
    const alone = [...both, asks("r1", 2, "A", row(5)), serves("r1", "A.0", 1), answers("r1")]
    expect(brokenBy(...alone, ...over)).toEqual(["D1"])
    expect(brokenBy(...alone, lands("B.0", "x", row(5)), ...over)).toEqual([])
    expect(brokenBy(...both, ...written("r1", 5), ...over)).toEqual([])
  })

  test("D1 and D4: a purge takes nothing along that nobody has deleted, however old it is", () => {
    const over = [...switched, cleans("A.0"), says(6, [still("B.0")])]
    const alone = [...both, asks("r1", 2, "A", row(5)), serves("r1", "A.0", 1), answers("r1"), purges("A.0", 6)]
    expect(brokenBy(...alone, ...over)).toEqual(["D1"])
    expect(brokenBy(...alone, lands("B.0", "x", row(5)), purges("B.0", 6), ...over)).toEqual([])
    expect(brokenBy(...alone, asks("r2", 3, "A"), serves("r2", "A.0", 1), answers("r2"))).toEqual(["D4"])
    // A deletion that nobody was told of may have been carried out all the same.
    const failed = [
      asks("r2", 2, "A", row(6, null)),
      serves("r2", "A.0", 1),
      seen("RequestEnded", { request: "r2", ok: false, rows: [] })
    ]
    expect(brokenBy(...both, ...written("r1", 5), failed, purges("A.0", 7), purges("B.0", 7), ...over)).toEqual([])
  })

  test("D2: nothing older than a purged deletion comes in at a replica that reads go to", () => {
    const buried = [...both, ...written("r1", 5, null), purges("A.0", 6)]
    expect(brokenBy(...buried, lands("A.0", "x", row(1)))).toEqual(["D2"])
    expect(brokenBy(...buried, lands("A.0", "x", row(1), row(5, null)))).toEqual([])
    expect(brokenBy(...buried, lands("A.0", "x", row(7)))).toEqual([])
    expect(brokenBy(...both, ...written("r1", 5, null), lands("A.0", "x", row(1)))).toEqual([])
  })

  test("D2: a purge takes nothing along where the deletion never came", () => {
    const alone = [...both, asks("r1", 2, "A", row(5, null)), serves("r1", "A.0", 1), answers("r1")]
    const had = [...alone, lands("B.0", "x", row(1)), purges("A.0", 6), purges("B.0", 6)]
    expect(brokenBy(...had, says(4, [moving("write_both_read_new", way)]))).toEqual(["D2"])
  })

  test("D2: it does not come back with a replica that reads begin to go to", () => {
    const buried = [...both, ...written("r1", 5, null), purges("A.0", 6), purges("B.0", 6), lands("B.0", "x", row(1))]
    expect(brokenBy(...buried)).toEqual([])
    expect(brokenBy(...buried, says(4, [moving("write_both_read_new", way)]))).toEqual(["D2"])
  })

  test("D2, D2r and D4: a read does not find it either", () => {
    const buried = [...both, ...written("r1", 5, null), purges("A.0", 6)]
    expect(brokenBy(...buried, asks("r2", 3, "A"), serves("r2", "A.0", 1, row(1)))).toEqual(["D2"])
    const asked = [...buried, asks("r2", 3, "A"), serves("r2", "A.0", 1)]
    expect(brokenBy(...asked, answers("r2", row(1)))).toEqual(["D2r", "D4"])
    expect(brokenBy(...asked, answers("r2"))).toEqual([])
    expect(brokenBy(...asked, answers("r2", row(5, null)))).toEqual([])
  })

  test("D3: whoever is no replica has nothing once the transition is over", () => {
    const over = says(6, [still("B.0")])
    expect(brokenBy(...both, ...switched, over)).toEqual(["D3"])
    expect(brokenBy(...both, ...switched, cleans("A.0"), over)).toEqual([])
    expect(brokenBy(idle, lands("B.0", "x", row(1)))).toEqual(["D3", "S12"])
  })

  test("D3: what a write has left that was refused in the end counts as well", () => {
    const late = [...both, asks("r1", 3, "AB", row(5)), seen("Restarted", { node: "A" }), ...switched, cleans("A.0")]
    const over = says(6, [still("B.0")])
    expect(brokenBy(...late, refuses("r1", "A.0", 5, row(5)), over)).toEqual(["D3"])
    expect(brokenBy(...late, refuses("r1", "A.0", 5), over)).toEqual([])
  })

  test("D4: a read sees what was acknowledged before it began", () => {
    const after = [...both, ...written("r1", 5), asks("r2", 3, "A"), serves("r2", "A.0", 1)]
    expect(brokenBy(...after, answers("r2", row(5)))).toEqual([])
    expect(brokenBy(...after, answers("r2", row(1)))).toEqual(["D4"])
    expect(brokenBy(...after, answers("r2"))).toEqual(["D4"])
    const at = [...both, asks("r2", 3, "A"), ...written("r1", 5), serves("r2", "A.0", 1)]
    expect(brokenBy(...at, answers("r2", row(1)))).toEqual([])
    const deleted = [...both, ...written("r1", 5), asks("r3", 3, "AB", row(6, null)), asks("r2", 3, "A")]
    expect(brokenBy(...deleted, serves("r2", "A.0", 1), answers("r2"))).toEqual([])
  })

  test("D5: a replica is not cleaned while requests go to it, or may still", () => {
    expect(brokenBy(...both, cleans("B.0"))).toEqual(["D5"])
    const back = [...both, asks("r1", 3, "AB", row(5)), says(4, [moving("cleanup_target", way)], { ignored: ["B"] })]
    expect(brokenBy(...back, cleans("B.0"))).toEqual(["D5"])
    expect(brokenBy(...back, serves("r1", "A.0", 1), serves("r1", "B.0", 1), answers("r1"), cleans("B.0"))).toEqual([])
  })
})
