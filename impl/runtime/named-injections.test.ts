import { describe, expect, test } from "vitest"
import { VirtualClock } from "./clock.ts"
import { NamedInjections } from "./named-injections.ts"
import { Aborted } from "./waits.ts"

const place = "a_place"
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const enabled = (): NamedInjections => {
  const injections = new NamedInjections([place])
  injections.enable(place)
  return injections
}

describe("runtime: injections", () => {
  test("a wait that is aborted is over, and takes no message from the next one", async () => {
    const injections = enabled()
    const abort = new AbortController()
    const waiting = injections.wait(place, { signal: abort.signal })
    abort.abort()
    await expect(waiting).rejects.toBeInstanceOf(Aborted)
    injections.message(place)
    await injections.wait(place)
    expect(injections.reached(place)).toBe(2)
  })

  test("a sleep ends when its time is over, with a message, when the place is disabled, or when it is aborted", async () => {
    const clock = new VirtualClock()
    for (const end of ["time", "message", "disable", "abort"] as const) {
      const injections = enabled()
      const abort = new AbortController()
      let how = "asleep"
      void injections.sleep(place, clock, 1_000, { signal: abort.signal }).then(
        () => (how = "awake"),
        (error) => (how = error instanceof Aborted ? "aborted" : "failed")
      )
      clock.advance(999)
      await settle()
      expect(how).toBe("asleep")
      if (end === "time") clock.advance(1)
      else if (end === "abort") abort.abort()
      else injections[end](place)
      await settle()
      expect(how).toBe(end === "abort" ? "aborted" : "awake")
    }
  })

  test("a sleep whose time is over takes no message from the next who comes", async () => {
    const clock = new VirtualClock()
    const injections = enabled()
    const asleep = injections.sleep(place, clock, 10)
    clock.advance(10)
    await asleep
    injections.message(place)
    await injections.wait(place)
  })

  test("a message that nobody waits for can be asked about, and is taken by that", () => {
    const injections = enabled()
    expect(injections.poll(place)).toBe(false)
    injections.message(place)
    expect([injections.poll(place), injections.poll(place)]).toEqual([true, false])
  })

  test("a place that is enabled for some is passed by the others, who neither count nor use it up", async () => {
    const injections = new NamedInjections([place])
    injections.enable(place, { once: true, only: { token: 4 } })
    await injections.wait(place, { as: { token: 9 } })
    await injections.wait(place)
    expect({ enabled: injections.isEnabled(place), reached: injections.reached(place) }).toEqual({
      enabled: true,
      reached: 0
    })
    let passed = false
    void injections.wait(place, { as: { token: 4 } }).then(() => (passed = true))
    await settle()
    expect({ passed, enabled: injections.isEnabled(place) }).toEqual({ passed: false, enabled: false })
    injections.message(place)
    await settle()
    expect(passed).toBe(true)
  })
})
