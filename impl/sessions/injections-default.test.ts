import { describe, expect, test } from "vitest"
import { settle } from "./example.test-support.ts"
import { DefaultInjections } from "./injections-default.ts"

const place = "stream_tablet_wait"

describe("sessions: injections", () => {
  test("a place that is not enabled is passed, and not counted", async () => {
    const injections = new DefaultInjections()
    injections.fail(place)
    await injections.wait(place)
    expect({ enabled: injections.isEnabled(place), reached: injections.reached(place) }).toEqual({
      enabled: false,
      reached: 0
    })
  })

  test("an enabled place fails every time, and one that is enabled once fails once", () => {
    const injections = new DefaultInjections()
    injections.enable(place, { once: true })
    expect(() => injections.fail(place)).toThrow("stream_tablet_wait: a test asked for this failure")
    injections.fail(place)
    injections.enable(place)
    for (const _ of [1, 2]) expect(() => injections.fail(place)).toThrow(expect.objectContaining({ name: "Injected" }))
    expect(injections.reached(place)).toBe(3)
  })

  test("a message wakes all who wait, and one that comes early lets the next one through", async () => {
    const injections = new DefaultInjections()
    injections.enable(place)
    const passed: string[] = []
    const come = (name: string) => void injections.wait(place).then(() => passed.push(name))
    come("a")
    come("b")
    await settle()
    expect({ passed, reached: injections.reached(place) }).toEqual({ passed: [], reached: 2 })
    injections.message(place)
    await settle()
    expect(passed).toEqual(["a", "b"])
    injections.message(place)
    come("c")
    come("d")
    await settle()
    expect(passed).toEqual(["a", "b", "c"])
    injections.disable(place)
    await settle()
    expect(passed).toEqual(["a", "b", "c", "d"])
  })

  test("who waits at a place that was enabled once still waits for a message", async () => {
    const injections = new DefaultInjections()
    injections.enable(place, { once: true })
    let passed = false
    const waiting = injections.wait(place).then(() => {
      passed = true
    })
    await injections.wait(place)
    await settle()
    expect(passed).toBe(false)
    injections.message(place)
    await waiting
  })

  test("a name that no place has is refused", () => {
    expect(() => new DefaultInjections().enable("stream_tablet_wat")).toThrow(
      'there is no injection "stream_tablet_wat"'
    )
  })
})
