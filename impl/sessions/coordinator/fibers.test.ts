import { describe, expect, test } from "vitest"
import { VirtualClock } from "../../runtime/clock.ts"
import { WakeUp } from "../../runtime/wake-up.ts"
import { t1, t2 } from "../node/cluster.test-support.ts"
import { ActionTable, throttleMs } from "./action-table.ts"

describe("sessions: coordinator: actions", () => {
  const newTable = () => {
    const clock = new VirtualClock()
    const news: string[] = []
    return { clock, news, table: new ActionTable(clock, () => news.push("news")) }
  }

  test("M79 a failure is kept back for a while, a success is not", () => {
    const { clock, news, table } = newTable()
    table.begin(t1, "streaming task")(false)
    table.begin(t2, "streaming task")(true)
    expect(table.state(t1, "streaming task")).toBe("running")
    expect(table.state(t2, "streaming task")).toBe("succeeded")
    clock.advance(throttleMs)
    expect(table.state(t1, "streaming task")).toBe("failed")
    expect(news.length).toBe(2)
  })

  test("M78 a failure for want of room is told as such", () => {
    const { clock, table } = newTable()
    table.begin(t1, "streaming task")(false, true)
    clock.advance(throttleMs)
    expect(table.state(t1, "streaming task")).toBe("noRoom")
  })

  test("M35 what was done for a transition is forgotten with it", () => {
    const { table } = newTable()
    table.begin(t1, "use_new barrier")(true)
    table.begin(undefined, "drain")(true)
    table.keepOnly(new Set([t2]))
    expect(table.state(t1, "use_new barrier")).toBeUndefined()
    expect(table.state(undefined, "drain")).toBe("succeeded")
  })

  test("nothing is reported once the coordinator has stopped", () => {
    const { clock, news, table } = newTable()
    table.begin(t1, "streaming task")(false)
    table.stop()
    clock.advance(throttleMs)
    expect(news).toEqual([])
    expect(clock.pending).toBe(0)
  })
})

describe("sessions: coordinator: news", () => {
  test("that comes while the fiber is awake ends its next sleep", async () => {
    const news = new WakeUp()
    news.ring()
    await news.sleep()
    news.read()
    let isAwake = false
    const slept = news.sleep().then(() => {
      isAwake = true
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(isAwake).toBe(false)
    news.ring()
    await slept
  })
})
