import fc from "fast-check"
import { expect, test } from "vitest"
import { minimize, type Shown } from "./minimize.ts"
import type { Step } from "./part.ts"

const step = (choice: unknown): Step => ({ rule: "step", choice })
const never = (): ReadonlyArray<Step> => []
const chosen = (steps: ReadonlyArray<Step>): ReadonlyArray<unknown> => steps.map(({ choice }) => choice)

/** Shows its bug exactly when all of `needed` are there, in order. */
const needing =
  (needed: ReadonlyArray<number>) =>
  async (steps: ReadonlyArray<Step>): Promise<Shown<null> | undefined> => {
    let at = 0
    for (const choice of chosen(steps)) if (choice === needed[at]) at++
    return at === needed.length ? { steps, shows: null } : undefined
  }

test("kit: minimize: what is left is what it takes, and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(9)), fc.infiniteStream(fc.boolean()), async (all, flags) => {
      const needed = all.filter(() => flags.next().value)
      const found = { steps: all.map(step), shows: null }
      expect(chosen((await minimize(found, needing(needed), never)).steps)).toEqual(needed)
    }),
    { seed: 1 }
  )
})

test("kit: minimize: steps that are impossible without a dropped one go with it", async () => {
  const found = { steps: [1, 2, 3, 4].map(step), shows: null }
  const attempt = async (steps: ReadonlyArray<Step>) => {
    const possible = steps.filter(({ choice }) => choice !== 3 || chosen(steps).includes(2))
    return chosen(possible).includes(4) ? { steps: possible, shows: null } : undefined
  }
  expect(chosen((await minimize(found, attempt, never)).steps)).toEqual([4])
})

test("kit: minimize: a step gives way to a simpler one that does as well", async () => {
  const found = { steps: [step(9), step(5)], shows: null }
  const attempt = async (steps: ReadonlyArray<Step>) =>
    chosen(steps).some((choice) => Number(choice) >= 3) ? { steps, shows: null } : undefined
  const simpler = ({ choice }: Step) => [step(Number(choice) - 1)]
  expect(chosen((await minimize(found, attempt, simpler)).steps)).toEqual([3])
})
