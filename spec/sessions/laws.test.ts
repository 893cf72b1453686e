import { describe, expect, test } from "vitest"
import { assumptions } from "./assumptions.ts"
import {
  barrier,
  brokenBy,
  cleans,
  does,
  ends,
  enters,
  forgets,
  goesOver,
  lands,
  leaves,
  moving,
  owedBy,
  says,
  seen,
  still
} from "./histories.test-support.ts"
import { laws } from "./laws.ts"

const way = { from: ["A.0"], to: ["B.0"] }
const idle = says(1, [still("A.0")])
const streaming = [idle, says(2, [moving("write_both_read_old", { ...way, session: "x" })])]
const open = [...streaming, goesOver("A.0", 2, "x"), goesOver("B.0", 2, "x")]
const moves = [...open, says(3, [moving("streaming", { ...way, session: "x" })])]
const cleared = says(4, [moving("write_both_read_new", way)])
const done = [does("A", 1, 4), does("B", 1, 4)].flat()

describe("sessions: laws", () => {
  test("every law has an id of its own, a sentence and a source", () => {
    expect(new Set(laws.map(({ id }) => id)).size).toBe(laws.length)
    for (const { id, sentence, source } of laws) {
      expect(id).toMatch(/^SES-[SVCDLW]\d+[a-z]?$/)
      expect(sentence).toMatch(/^[A-Z].*\.$/)
      expect(source).not.toBe("")
    }
  })

  test("a law about waiting names only assumptions that there are", () => {
    const known = assumptions.map(({ id }) => id)
    for (const law of laws)
      if (law.modality === "leadsTo") expect(known).toEqual(expect.arrayContaining([...law.given]))
  })
})

describe("sessions: laws: group 0", () => {
  test("S9: an id is set once, and shared by the tablets of a restore alone", () => {
    const again = says(5, [moving("streaming", { ...way, session: "x" })])
    expect(brokenBy(...moves, cleared, again)).toEqual(["S9"])
    const both = (kind: "restore" | "repair") =>
      ["t1", "t2"].map((tablet) => moving(kind, { ...way, session: "x", kind, tablet }))
    expect(brokenBy(idle, says(2, both("restore")))).toEqual([])
    expect(brokenBy(idle, says(2, both("repair")))).toEqual(["S9"])
    expect(brokenBy(idle, says(2, [still("A.0")], { session: "default" }))).toEqual(["S9"])
  })

  test("S11: the session goes with the command that leaves streaming, and may stay where nobody worked (Q2)", () => {
    const kept = (at: number, stage: "write_both_read_new" | "cleanup_target") =>
      says(at, [moving(stage, { ...way, session: "x" })], { ignored: ["B"] })
    expect(brokenBy(...moves, kept(4, "write_both_read_new"))).toEqual(["S11"])
    expect(brokenBy(...moves, kept(4, "cleanup_target"))).toEqual(["S11"])
    expect(brokenBy(...open, kept(3, "cleanup_target"))).toEqual([])
  })

  test("V1 and C1: a change of tablets raises the version", () => {
    const stays = says(2, [moving("write_both_read_old", way)], { version: 1 })
    expect(brokenBy(idle, stays)).toEqual(["C1", "V1"])
    expect(brokenBy(idle, says(2, [still("A.0")], { version: 1, fence: 1 }))).toEqual([])
  })

  test("V3: the fence rises to the version of a barrier that is going on, and never above", () => {
    const fenced = (fence: number) => says(2, [still("A.0")], { version: 1, fence })
    expect(brokenBy(idle, fenced(2))).toEqual(["V3", "V3c"])
    const later = says(2, [still("A.0")], { by: { _tag: "Operator" } })
    const raised = (fence: number) => says(3, [still("A.0")], { version: 2, fence })
    expect(brokenBy(idle, barrier(1, 1, "A", "B"), later, raised(2))).toEqual(["V3c"])
    expect(brokenBy(idle, later, barrier(1, 2, "A", "B"), raised(2))).toEqual([])
  })

  test("C1: commands follow each other, and a coordinator is over with the first command of a later one", () => {
    const second = says(2, [still("A.0")], { by: { _tag: "Coordinator", term: 2 } })
    expect(brokenBy(idle, second, says(3, [still("A.0")]))).toEqual(["C1"])
    expect(brokenBy(idle, says(3, [still("A.0")]))).toEqual(["C1"])
    const by = { _tag: "Coordinator", term: 1 }
    expect(brokenBy(idle, seen("CommitRefused", { by, expected: 1, head: 1 }))).toEqual(["C1"])
    expect(brokenBy(idle, seen("CommitRefused", { by, expected: 0, head: 1 }))).toEqual([])
  })
})

describe("sessions: laws: shards", () => {
  test("S1: a shard has open what group 0 names at its position", () => {
    expect(brokenBy(...streaming, goesOver("A.0", 2))).toEqual(["S1"])
    expect(brokenBy(...streaming, goesOver("A.0", 1))).toEqual([])
    expect(brokenBy(...moves, cleared, goesOver("A.0", 4, "x"))).toEqual(["S1"])
  })

  test("S7: a shard that knows of the removal admits nobody, and one that does not yet may", () => {
    expect(brokenBy(...moves, cleared, enters("B.0", "x"))).toEqual([])
    expect(brokenBy(...moves, cleared, goesOver("B.0", 4), enters("B.0", "x"))).toEqual(["S7"])
  })

  test("S10: data moves only when the session is open everywhere that counts", () => {
    const began = says(3, [moving("streaming", { ...way, session: "x" })])
    expect(brokenBy(...streaming, goesOver("A.0", 2, "x"), began)).toEqual(["S10"])
    expect(brokenBy(...open, began)).toEqual([])
    expect(brokenBy(...open, seen("Restarted", { node: "B" }), began)).toEqual([])
    const without = says(3, [moving("streaming", { ...way, session: "x" })], { ignored: ["B"] })
    expect(brokenBy(...streaming, goesOver("A.0", 2, "x"), without)).toEqual([])
  })

  test("V1s and V3s: a shard never goes back", () => {
    const back = (told: object) =>
      seen("ShardCommitted", { node: "A", shard: 0, at: 2, version: 2, fence: 1, open: ["x"], ...told })
    expect(brokenBy(...open, back({ version: 1 }))).toEqual(["V1s"])
    expect(brokenBy(...open, back({ fence: 3 }))).toEqual(["V3s"])
  })

  test("S12 and C2: work carries the id that its operation was given", () => {
    expect(brokenBy(...open, enters("B.0", "default"))).toEqual(["S12"])
    expect(brokenBy(...open, enters("B.0", "invented"))).toEqual(["S12"])
    const began = (tablet: string) => seen("OperationBegan", { node: "B", operation: "repair", tablet, session: "x" })
    expect(brokenBy(...open, began("t1"))).toEqual([])
    expect(brokenBy(...open, began("t2"))).toEqual(["C2"])
  })
})

describe("sessions: laws: barriers", () => {
  const empty = [forgets("A.0", "x"), forgets("B.0", "x")]
  const fenced = [...moves, cleared, barrier(1, 4, "A", "B"), done, empty, ends(1)].flat()

  test("S6: nothing happens under a session that a barrier has fenced, but on an ignored node", () => {
    expect(brokenBy(...fenced, lands("B.0", "x"))).toEqual(["S6"])
    const ignored = says(5, [moving("write_both_read_new", way)], { ignored: ["B"] })
    expect(brokenBy(...fenced, ignored, lands("B.0", "x"))).toEqual([])
    const early = [...moves, barrier(1, 3, "A", "B"), cleared, done, ends(1)].flat()
    expect(brokenBy(...early, lands("B.0", "x"))).toEqual([])
  })

  test("V5s and S5c: a barrier waits for who is inside, and the session is forgotten", () => {
    const held = [...moves, enters("B.0", "x"), cleared, barrier(1, 4, "A", "B"), done].flat()
    expect(brokenBy(...held, ends(1))).toEqual(["S5c", "V5s"])
    expect(brokenBy(...held, leaves("B.0", "x"), empty, ends(1))).toEqual([])
    expect(brokenBy(...held, leaves("B.0", "x"), forgets("A.0", "x"), ends(1))).toEqual(["S5c"])
  })

  test("S8: nobody is inside, and nothing lands, once the transition is over", () => {
    const over = [says(5, [moving("use_new", way)]), cleans("A.0"), says(6, [still("B.0")])]
    expect(brokenBy(...moves, enters("B.0", "x"), cleared, over)).toEqual(["S8"])
    expect(brokenBy(...moves, cleared, lands("B.0", "x"))).toEqual([])
    expect(brokenBy(...moves, cleared, over, lands("B.0", "x"))).toEqual(["S8"])
  })

  test("V5: everybody was asked, had caught up, and did it", () => {
    const asked = [...moves, cleared, barrier(1, 4, "A", "B"), ...does("A", 1, 4)]
    expect(brokenBy(...asked, ends(1))).toEqual(["S5c", "V5"])
    expect(brokenBy(...asked, does("B", 1, 3), ends(1))).toEqual(["S5c", "V5"])
    expect(brokenBy(idle, barrier(1, 1, "A"), does("A", 1, 1), ends(1))).toEqual(["V5"])
    expect(brokenBy(idle, barrier(1, 1, "A", "B"), does("A", 1, 1), does("B", 1, 1), ends(1))).toEqual([])
    expect(brokenBy(idle, ends(1, false))).toEqual([])
  })

  test("V5: a command that was overtaken, or is of a term that is over, is not accepted", () => {
    const old = seen("CommandAccepted", { node: "A", term: 1, index: 1, at: 2 })
    expect(brokenBy(idle, does("A", 2, 1), old)).toEqual(["V5"])
    expect(brokenBy(idle, does("A", 2, 1), seen("Restarted", { node: "A" }), old)).toEqual([])
    expect(brokenBy(idle, says(2, [still("A.0")], { by: { _tag: "Coordinator", term: 2 } }), old)).toEqual(["V5"])
  })
})

describe("sessions: laws: waiting", () => {
  test("L1, L3, L5, L8: who waits for what", () => {
    expect(owedBy("L3", ...moves)).toBe("t1 is in streaming")
    expect(owedBy("L3", ...moves, says(4, [still("B.0")]))).toBeUndefined()
    expect(owedBy("L1", idle, barrier(1, 1, "A", "B"), does("A", 1, 1))).toBe("command 1 waits for B")
    expect(owedBy("L1", idle, barrier(1, 1, "A", "B"), seen("Elected", { term: 2, node: "B" }))).toBeUndefined()
    expect(owedBy("L5", ...moves, enters("B.0", "x"))).toBeUndefined()
    expect(owedBy("L5", ...moves, enters("B.0", "x"), cleared)).toBe("w is still inside x on B.0")
    expect(owedBy("L8", idle, does("A", 1, 1).slice(0, 1))).toBe("A has accepted command 1 and not answered it")
  })

  test("L2: who is inside a session that is set gives no barrier reason to wait", () => {
    const held = [...moves, enters("B.0", "x"), barrier(1, 3, "A", "B")]
    expect(owedBy("L2", ...held)).toContain("nobody is inside but under sessions that are open")
    expect(owedBy("L2", ...held, cleared)).toBeUndefined()
  })

  test("L4 and L6: a lost replica, and a coordinator that has yet to act", () => {
    const lost = says(4, [moving("streaming", { ...way, session: "x" })], { ignored: ["B"] })
    expect(owedBy("L4", ...moves, lost)).toBe("t1 has lost a replica and is in streaming")
    expect(owedBy("L6", ...moves, seen("Elected", { term: 2, node: "B" }))).toBe(
      "the coordinator of term 2 has done nothing about t1"
    )
  })

  test("L5t: the topology's session ends with its request", () => {
    const topology = { queue: [], current: null, over: [], owners: ["A"], dirty: [] }
    expect(owedBy("L5t", says(1, [], { session: "x", topology }))).toBe("x is set, and no request is in hand")
    expect(owedBy("L5t", says(1, [], { session: "x" }))).toBeUndefined()
  })
})
