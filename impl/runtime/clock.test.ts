import { expect, test } from "vitest"
import { systemClock, VirtualClock } from "./clock.ts"

test("runtime: virtual clock: timers fire in order of time, then of setting, also those set on the way", () => {
  const clock = new VirtualClock()
  const fired: string[] = []
  const at = (ms: number, name: string) => clock.setTimer(ms, () => fired.push(`${name}@${clock.now()}`))
  at(20, "b")
  at(10, "a")
  at(20, "c")
  clock.setTimer(5, () => at(10, "nested"))
  at(30, "late")
  clock.advance(25)
  expect(fired).toEqual(["a@10", "nested@15", "b@20", "c@20"])
  expect(clock.now()).toBe(25)
})

test("runtime: virtual clock: a timer that was cancelled never fires", () => {
  const clock = new VirtualClock()
  const cancel = clock.setTimer(1, () => expect.unreachable())
  cancel()
  clock.advance(10)
  expect(clock.pending).toBe(0)
})

test("runtime: system clock: time goes on and timers fire, unless cancelled", async () => {
  const begin = systemClock.now()
  systemClock.setTimer(1, () => expect.unreachable())()
  await new Promise<void>((resolve) => systemClock.setTimer(5, resolve))
  expect(systemClock.now()).toBeGreaterThan(begin)
})
