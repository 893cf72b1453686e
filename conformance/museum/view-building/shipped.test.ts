// Goal: each repair of the reference is in the museum. Method: look for a mutant that undoes it, and nothing else of its part.
import { expect, test } from "vitest"
import { asShipped as coordinator } from "../../../impl/view-building/coordinator/options.ts"
import { asShipped as worker } from "../../../impl/view-building/worker/options.ts"
import { mutants } from "./mutants.ts"

/** Choices that only matter together (M35a). */
const together = ["abortedTask", "goesBy"]

test.each([
  ["worker", worker],
  ["coordinator", coordinator]
] as const)("view building: museum: what ships of a %s is undone choice by choice", (part, shipped) => {
  const undone = mutants.flatMap(({ change }): ReadonlyArray<Readonly<Record<string, unknown>>> => {
    const choices = change[part]
    return choices === undefined ? [] : [choices]
  })
  for (const [choice, value] of Object.entries(shipped)) {
    const names = together.includes(choice) ? together : [choice]
    expect(undone.find((one) => one[choice] === value && Object.keys(one).sort().join() === names.join())).toBeDefined()
  }
})
