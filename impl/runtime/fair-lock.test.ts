import { describe, expect, test } from "vitest"
import { FairLock } from "./fair-lock.ts"
import { settle } from "./scratch.test-support.ts"

describe("runtime: fair lock", () => {
  test("readers go together, a writer goes alone, and nobody overtakes a writer that waits", async () => {
    const lock = new FairLock()
    const order: string[] = []
    const enter = async (name: string, kind: "read" | "write") => {
      const release = await lock[kind]()
      order.push(name)
      return release
    }
    const entered = [enter("r1", "read"), enter("r2", "read"), enter("w", "write"), enter("r3", "read")]
    await settle()
    expect(order).toEqual(["r1", "r2"])
    ;(await entered[0]!)()
    ;(await entered[0]!)()
    await settle()
    expect(order).toEqual(["r1", "r2"])
    ;(await entered[1]!)()
    await settle()
    expect(order).toEqual(["r1", "r2", "w"])
    ;(await entered[2]!)()
    await settle()
    expect(order).toEqual(["r1", "r2", "w", "r3"])
  })
})
