import { describe, expect, it } from "vitest"
import { budget, isView, register, view, write } from "./cell.ts"
import { bag, channel, clear, front, head, pop, push, remove } from "./channel.ts"

describe("cells", () => {
  it("a register is set", () => {
    expect(register("r", 1).apply(1, 5)).toBe(5)
  })

  it("a budget is spent once for each time it allows, and then it is an error", () => {
    const twice = budget("losses", 2)
    const left = twice.apply(twice.apply(twice.init, "spend"), "spend")
    expect(left).toBe(0)
    expect(() => twice.apply(left, "spend")).toThrow("budget losses is spent, yet a rule spent it once more")
  })

  it("a view is told from a cell", () => {
    const cell = register("r", 1)
    expect([isView(cell), isView(view(cell, "half", (value) => value / 2))]).toEqual([false, true])
  })

  it("a write names its cell and operation", () => {
    const cell = register("r", 1)
    expect(write(cell, 2)).toEqual({ cell, op: 2 })
  })
})

describe("channels", () => {
  const link = channel<string>("link", 3)
  const sent = (...writes: ReadonlyArray<ReturnType<typeof push>>) =>
    writes.reduce((queue, { op }) => link.apply(queue, op as never), link.init)

  it("keep the order of sending", () => {
    expect(sent(push(link, "a"), push(link, "b", "c"))).toEqual(["a", "b", "c"])
  })

  it("are taken from at the front, at a position, or all at once", () => {
    expect(sent(push(link, "a", "b", "c"), pop(link))).toEqual(["b", "c"])
    expect(sent(push(link, "a", "b", "c"), pop(link, 2))).toEqual(["c"])
    expect(sent(push(link, "a", "b", "c"), remove(link, 1))).toEqual(["a", "c"])
    expect(sent(push(link, "a", "b", "c"), clear(link))).toEqual([])
  })

  it("hold no more than their capacity, and say so", () => {
    expect(() => sent(push(link, "a", "b"), push(link, "c", "d"))).toThrow("channel link holds more than 3")
  })

  it("show their head, null when empty, and their front", () => {
    expect([head(link).of(["a", "b"]), head(link).of([])]).toEqual(["a", null])
    expect(front(link, 2).of(["a", "b", "c"])).toEqual(["a", "b"])
  })

  it("a bag has the same value whatever the order of sending", () => {
    const mail = bag<{ readonly n: number }>("mail", 3)
    const one = mail.apply(mail.apply([], { push: [{ n: 1 }] }), { push: [{ n: 2 }] })
    const other = mail.apply(mail.apply([], { push: [{ n: 2 }] }), { push: [{ n: 1 }] })
    expect(one).toEqual(other)
  })
})
