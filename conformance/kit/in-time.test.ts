import { expect, test } from "vitest"
import { inTime } from "./in-time.ts"

const soon = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

test("kit: in time: what comes in time is passed on, results and errors alike", async () => {
  expect(await inTime(Promise.resolve(1), () => 0, 1000)).toBe(1)
  await expect(inTime(Promise.reject(new Error("no")), () => 0, 1000)).rejects.toThrow("no")
})

test("kit: in time: a run that goes on making progress is waited for, however long it takes", async () => {
  let steps = 0
  const run = async () => {
    while (steps < 10) {
      await soon(20)
      steps++
    }
    return "done"
  }
  expect(await inTime(run(), () => steps, 60)).toBe("done")
})

test("kit: in time: a run that stands still is given up", async () => {
  await expect(inTime(new Promise(() => undefined), () => 0, 20)).rejects.toThrow("no reaction within 20 ms")
})
