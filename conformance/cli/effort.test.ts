import { describe, expect, it } from "vitest"
import { effortFrom } from "./effort.ts"

const plain = { variant: [], without: [] }

describe("cli: effort", () => {
  it("is one thread through every state unless told otherwise", () => {
    expect(effortFrom(plain)).toEqual({ workers: 1 })
  })

  it("counts memory in MiB", () => {
    expect(effortFrom({ ...plain, maxMemory: 3 }).maxMemoryBytes).toBe(3 * 1024 * 1024)
  })

  it("walks of 200 steps and from the same seed unless told otherwise", () => {
    expect(effortFrom({ ...plain, walks: 7 }).walks).toEqual({ walks: 7, steps: 200, seed: 1 })
  })

  it.each([
    [{ ablate: true, without: ["A4"] }, "--ablate goes with --scope and --json only"],
    [{ ablate: true, workers: 2 }, "--ablate goes with --scope and --json only"],
    [{ resume: true, scope: "s" }, "--resume and --checkpoint-every need --checkpoint"],
    [{ checkpointEvery: 5, scope: "s" }, "--resume and --checkpoint-every need --checkpoint"],
    [{ checkpoint: "f" }, "--checkpoint needs --scope: a checkpoint is of one scope"],
    [{ checkpoint: "f", scope: "s", workers: 2 }, "--checkpoint is for one worker: leave out --workers"],
    [{ steps: 5 }, "--steps and --seed need --walks"],
    [{ seed: 5 }, "--steps and --seed need --walks"],
    [{ walks: 5, maxStates: 5 }, "--walks goes without --max-states, --max-memory and --checkpoint"]
  ])("refuses what contradicts itself: %j", (options, message) => {
    expect(() => effortFrom({ ...plain, ...options })).toThrow(message)
  })
})
