// Goal: a test decides what is late. Method: turns that are held, slow or neither, and what has had its turn by then.
import { describe, expect, test } from "vitest"
import { Holds } from "./holds.ts"

describe("runtime: holds", () => {
  test("what is held waits until it is let go, and all else does not", async () => {
    const holds = new Holds()
    const had: string[] = []
    const take = (event: string): Promise<void> => holds.turn(event).then(() => void had.push(event))
    const release = holds.hold(/^a message/)
    const both = Promise.all([take("a message to B"), take("a write")])
    await Promise.resolve()
    await Promise.resolve()
    expect(had).toEqual(["a write"])
    release()
    await both
    await take("a message to C")
    expect(had).toEqual(["a write", "a message to B", "a message to C"])
  })

  test("what is slow waits for its own time, and nothing waits when all is let go", async () => {
    const holds = new Holds()
    let times = 0
    holds.slow(/^a write/, async () => void times++)
    await holds.turn("a write")
    await holds.turn("a write")
    expect(times).toBe(2)
    const held = holds.hold(/./)
    const late = holds.turn("a write")
    holds.releaseAll()
    await late
    held()
    await holds.turn("a write")
    expect(times).toBe(3)
  })
})
