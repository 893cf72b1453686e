// Goal: an operator can read which mistakes in the recipe lose something. Method: the table of all of them; each row is a scope that
// is explored elsewhere.
import { describe, expect, test } from "vitest"
import { recipeSteps } from "./recipe.ts"
import { recoveryMistakes } from "./recovery-mistakes.ts"

const names = (rows: typeof recoveryMistakes): ReadonlyArray<string> => rows.map(({ name }) => name)

describe("raft upgrade: recovery: mistakes", () => {
  test("each step is forgotten once, and comes before the one ahead of it once", () => {
    for (const step of recipeSteps) expect(names(recoveryMistakes)).toContain(`without.${step}`)
    for (const step of recipeSteps.slice(1)) expect(names(recoveryMistakes)).toContain(`early.${step}`)
  })

  test("those that do no harm, whatever the cluster has been through", () => {
    const harmless = recoveryMistakes.filter(({ majorityLost, stuck }) => majorityLost.length + stuck.length === 0)
    expect(names(harmless)).toEqual([
      "early.removeLost",
      "early.EraseDiscovery",
      "early.EraseHistory",
      "early.EraseGroup",
      "early.DeleteState",
      "early.erasures",
      "aheadInErasing"
    ])
  })

  test("S16 tells of each erasure that is forgotten", () => {
    const told = recoveryMistakes.filter(({ majorityLost }) => majorityLost.includes("RU-S16"))
    expect(names(told)).toEqual(["without.EraseDiscovery", "without.EraseHistory", "without.EraseGroup"])
  })

  test("who looks what state nodes are in finds out before anything is lost that a restart or a state is missing", () => {
    const noticed = recoveryMistakes.filter(({ isNoticed, majorityLost }) => isNoticed && majorityLost.length > 0)
    expect(names(noticed)).toEqual([
      "without.WriteState",
      "without.restartIntoRecovery",
      "early.restartIntoRecovery",
      "oneByOne"
    ])
  })
})
