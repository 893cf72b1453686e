// Goal: each repair of the reference is in the museum. Method: look for a mutant that undoes it, and nothing else of its part.
import { expect, test } from "vitest"
import {
  asShipped as coordinator,
  reference as referenceCoordinator
} from "../../../impl/view-building/coordinator/options.ts"
import { reference as referenceWorker, asShipped as worker } from "../../../impl/view-building/worker/options.ts"
import { mutants } from "./mutants.ts"

/** Choices that only matter together (M35a). */
const together = ["abortedTask", "goesBy"]

test.each([
  ["worker", worker, referenceWorker],
  ["coordinator", coordinator, referenceCoordinator]
] as const)("view building: museum: what ships of a %s is undone choice by choice", (part, shipped, reference) => {
  const undone = mutants.flatMap(({ change }): ReadonlyArray<Readonly<Record<string, unknown>>> => {
    const choices = change[part]
    return choices === undefined ? [] : [choices]
  })
  const repaired = Object.entries(reference)
  for (const [choice, value] of Object.entries(shipped)) {
    if (repaired.some(([name, chosen]) => name === choice && chosen === value)) continue
    const names = together.includes(choice) ? together : [choice]
    expect(undone.find((one) => one[choice] === value && Object.keys(one).sort().join() === names.join())).toBeDefined()
  }
})
