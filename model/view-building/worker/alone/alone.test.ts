// Goal: one worker alone keeps its laws in every design, and a wrong one breaks them. Method: explore all that a small alphabet can say.
import { describe, expect, test } from "vitest"
import { TaskId } from "../../../../spec/view-building/ids.ts"
import { workerRoleLaws } from "../../../../spec/view-building/worker/laws.ts"
import { explore } from "../../../explorer/explore.ts"
import type { WorkerVariant } from "../variant.ts"
import { alone } from "./alone.ts"
import { type AloneBounds, bounded, boundedStaging, inputKinds, small } from "./bounds.ts"
import { aloneDesigns, designNames, inOrder } from "./design.ts"

/** Distinct states and firings. */
const size = (design: (typeof designNames)[number], bounds: AloneBounds) => {
  const { counts, laws } = explore(alone(aloneDesigns[design], bounds, workerRoleLaws))
  expect(laws.filter(({ verdict }) => verdict === "violated")).toEqual([])
  return [counts.distinct, counts.generated]
}

/** The laws that a worker breaks which differs from one that is right in one thing. */
const brokenBy = (change: Partial<WorkerVariant>, bounds: AloneBounds = small): ReadonlyArray<string> =>
  explore(alone({ ...inOrder, worker: { ...inOrder.worker, ...change } }, bounds, workerRoleLaws))
    .laws.filter(({ verdict }) => verdict === "violated")
    .map(({ id }) => id)

describe("view building: worker: alone", () => {
  test("every design keeps the laws, whatever one call meets", () => {
    expect(designNames.map((name) => size(name, small))).toEqual([
      [1_670, 6_360],
      [1_654, 5_980],
      [1_486, 5_096]
    ])
  })

  test("every design keeps the laws, whatever becomes of a tablet with staging sstables", () => {
    expect(designNames.map((name) => size(name, boundedStaging))).toEqual([
      [6_020, 28_275],
      [5_952, 26_453],
      [6_144, 26_661]
    ])
  })

  test("S3w M06 a worker that does not look at terms starts for a coordinator that has been replaced", () => {
    expect(brokenBy({ term: "ignored" })).toContain("VB-S3w")
  })

  test("S19 M58 a worker that records what a change of base has ended reports what it has not done", () => {
    expect(brokenBy({ onBaseChange: "recorded" })).toContain("VB-S19")
  })

  test("S20 M07 a worker that does not wait for its mutex starts a batch behind its drain", () => {
    expect(brokenBy({ drain: "breaksMutex" })).toContain("VB-S20")
  })

  /** Two calls, about the same tasks of a batch that nobody disturbs, or about different ones. */
  const two = (...asks: ReadonlyArray<ReadonlyArray<number>>): AloneBounds => ({
    ...bounded,
    says: bounded.says.slice(0, 1),
    asks: asks.map((ids) => ids.map((id) => TaskId.make(id))),
    kinds: inputKinds.filter((kind) => kind !== "List" && kind !== "Drain" && kind !== "BarrierEndsLater")
  })

  test("S1 M56 a worker that starts beside its batch has two", () => {
    expect(brokenBy({ whileBusy: "starts" }, two([1], [2]))).toContain("VB-S1")
  })

  test("S27 M59 a worker that waits only for just what is asked for turns away what it is at", () => {
    expect(brokenBy({ attach: "equal" }, two([1], [1, 2]))).toContain("VB-S27")
  })
})
