// Goal: a node may fall anywhere on its way. Method: falls are told apart by row, each row is taken, and what is on disk says how
// the node goes on; every law holds after every fall.
import { describe, expect, test } from "vitest"
import { restartMatrix } from "./restart-matrix.ts"

describe("raft upgrade: restart matrix", () => {
  const matrix = restartMatrix()

  test("every row is taken by some fall", () => {
    expect(matrix.rows.filter(({ falls }) => falls === 0).map(({ row }) => row)).toEqual([])
  })

  test("every law holds after every fall, S1 to S24 and V1 to V9", () => {
    expect(matrix.broken).toEqual([])
    expect(matrix.holding).toEqual(expect.arrayContaining(["RU-S1", "RU-S10", "RU-S24", "RU-V1", "RU-V7", "RU-V9"]))
  })

  test("what is on disk, and how the node goes on", () => {
    expect(
      matrix.rows.map(({ row, persisted, restarts }) => `${row}: ${persisted.join(" | ")} => ${restarts.join(" | ")}`)
    ).toMatchInlineSnapshot(`
      [
        "before it sets out: nothing => stays as it is",
        "U1: nothing => U1",
        "U2, in discovery: nothing => U1",
        "U2, creator before it stores the group: nothing | rows of a group => U1",
        "U2, joiner before it is added: nothing | rows of a group => U1",
        "U2, joiner added, group not stored: rows of a group => U1",
        "U2, group stored, nobody told: its group => starts its server; U1",
        "U3: its group => starts its server; U1",
        "U4: its group => starts its server; U1",
        "U5: its group => starts its server; U1",
        "U6, before it is on disk: its group => starts its server; U1",
        "U6, on disk, not in memory: its group, synchronize => starts its server; U1",
        "U7: its group, synchronize => starts its server; U1",
        "U8: its group, synchronize => starts its server; U1",
        "U9, before it is on disk: its group, synchronize => starts its server; U1",
        "U9, on disk, not in memory: its group, use_post_raft_procedures => starts its server; B7 | starts its server; stays as it is",
        "after U9: its group, use_post_raft_procedures => starts its server; B7 | starts its server; stays as it is",
        "B1, before it is added: nothing | rows of a group => B1",
        "B1, added, group not stored: rows of a group => B1",
        "after B1: its group | its group, synchronize => starts its server; B2",
        "B2, on disk, not in memory: its group, synchronize => starts its server; B2",
        "after B2: its group, synchronize | its group, use_post_raft_procedures => starts its server; B2 | starts its server; B3",
        "after B3: its group, synchronize => starts its server; B2",
        "B6, on disk, not in memory: its group, use_post_raft_procedures => starts its server; B3",
        "after B6: its group, use_post_raft_procedures => starts its server; B3",
        "before B7: its group, use_post_raft_procedures => starts its server; B7 | starts its server; stays as it is",
      ]
    `)
  })
})
