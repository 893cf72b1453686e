import { describe, expect, test } from "vitest"
import { Token } from "../../../spec/view-building/ids.ts"
import { base, place, said, shown, tablet, task, view } from "../example.test-support.ts"
import { reference } from "../variant.ts"
import { began, ended, reverted, wentOn } from "./migration.ts"
import { resized } from "./resize.ts"
import { viewCreated, viewDropped } from "./schema.ts"

const staging = { type: "process_staging", view: null } as const
const eight = { base, lastToken: Token.make(8) }

describe("view-building: what becomes of tasks", () => {
  test("view-building: schema: a view has a task for each replica of each tablet, and takes them along (S21)", () => {
    const created = viewCreated(reference, said([tablet(4, "A.0", "B.0"), tablet(8, "B.1")], []), base, view, false)
    expect(shown(created)).toEqual(["1@A.0/4", "2@B.0/4", "3@B.1/8"])
    expect(shown(viewDropped(reference, created, view))).toEqual([])
  })

  test("view-building: schema: a dropped view leaves the staging tasks of its base", () => {
    const two = said([tablet(8, "A.0")], [task(1, "A.0", 8), task(2, "A.0", 8, staging)])
    expect(shown(viewDropped(reference, two, view))).toEqual(["2s@A.0/8"])
  })

  test("view-building: migration: S6 tasks are aborted as writes go to both, and alive where the tablet went", () => {
    const before = said([tablet(4, "A.0"), tablet(8, "A.0")], [task(1, "A.0", 4), task(2, "A.0", 8)])
    const moving = began(reference, before, eight, "migration", [place("B.0")])
    expect(shown(moving)).toEqual(["1@A.0/4", "2@A.0/8"])
    const aborted = wentOn(reference, moving, eight, "write_both_read_old")
    expect(shown(aborted)).toEqual(["1@A.0/4", "2!@A.0/8"])
    expect(shown(ended(reference, aborted, eight))).toEqual(["1@A.0/4", "3@B.0/8"])
  })

  test("view-building: migration: S5 what comes back after a revert has another id", () => {
    const moving = began(reference, said([tablet(8, "A.0")], [task(1, "A.0", 8)]), eight, "migration", [place("B.0")])
    const aborted = wentOn(reference, moving, eight, "write_both_read_old")
    expect(shown(reverted(reference, aborted, eight))).toEqual(["2@A.0/8"])
  })

  test("view-building: migration: an added replica builds each view that is not through with the tablet", () => {
    const next = [place("A.0"), place("B.0")]
    const before = said([tablet(8, "A.0")], [task(1, "A.0", 8), task(2, "A.0", 8, staging)])
    const after = ended(reference, began(reference, before, eight, "rebuild", next), eight)
    expect(shown(after)).toEqual(["1@A.0/8", "2s@A.0/8", "3@B.0/8"])
  })

  test("view-building: resize: both halves have the task, and a merged tablet has it once", () => {
    const split = resized(reference, said([tablet(8, "A.0")], [task(1, "A.0", 8)]), base, "split")
    expect(shown(split)).toEqual(["2@A.0/4", "3@A.0/8"])
    expect(shown(resized(reference, split, base, "merge"))).toEqual(["4@A.0/8"])
  })

  test("view-building: resize: tablets on different replicas do not merge", () => {
    const apart = said([tablet(4, "A.0"), tablet(8, "B.0")], [task(1, "A.0", 4)])
    expect(shown(resized(reference, apart, base, "merge"))).toEqual(["2@A.0/4"])
  })
})
