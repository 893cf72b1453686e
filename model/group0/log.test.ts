import { describe, expect, test } from "vitest"
import type { Position } from "../../spec/metadata.ts"
import { appended, group0Cells } from "./log.ts"
import { following } from "./reading.ts"

const at = (position: number) => position as Position

describe("group 0: the log of the model", () => {
  const { group0, head, position, term } = group0Cells("nothing")

  test("says what the last command said, and counts commands and terms", () => {
    const said = group0.apply(group0.apply(group0.init, { commit: "a" }), "elect")
    expect(head.of(said)).toEqual({ at: 1, metadata: "a" })
    expect([position.of(said), term.of(said)]).toEqual([1, 2])
    expect(said.log).toEqual(["nothing", "a"])
  })

  test("a command stands behind the head that it was computed from", () => {
    const command = appended({ group0, after: group0Cells("").after }, at(4), "b")
    expect([command.at, command.write.op]).toEqual([5, { commit: "b" }])
  })

  test("keeps as many of its last states as it is told to", () => {
    const short = group0Cells(0, { keeps: 1 })
    const said = [1, 2, 3].reduce((now, commit) => short.group0.apply(now, { commit }), short.group0.init)
    expect([said.log, short.head.of(said)]).toEqual([[3], { at: 3, metadata: 3 }])
  })

  test("its positions begin again where they are told to", () => {
    const round = group0Cells(0, { positions: 2 })
    const said = [1, 2].reduce((now, commit) => round.group0.apply(now, { commit }), round.group0.init)
    expect([round.position.of(said), round.after(at(1))]).toEqual([0, 0])
  })
})

describe("group 0: where a reader goes next", () => {
  test("one entry on, and no further than the head", () => {
    expect(following(at(2), [], at(4), false)).toEqual([3])
    expect(following(at(4), [], at(4), false)).toEqual([])
  })

  test("or to the head, past what a snapshot spares it", () => {
    expect(following(at(2), [], at(4), true)).toEqual([3, 4])
    expect(following(at(3), [], at(4), true)).toEqual([4])
  })

  test("to where the node's other parts are, before any of them goes on", () => {
    expect(following(at(2), [at(3)], at(4), true)).toEqual([3])
    expect(following(at(3), [at(2)], at(4), true)).toEqual([])
  })
})
