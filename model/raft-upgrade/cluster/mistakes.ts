/**
 * What an operator may get wrong about the recipe, all of it: each step forgotten on one node, each step exchanged with the next on
 * one node, and one node taken ahead of the other.
 *
 * Source: dossier `raft-upgrade.md` 3, and 5, rows 48, 49, 50.
 */
import type { Order } from "./orders.ts"
import { inStep, ordersOf, type RecipeStep, recipeSteps, type StepsOf, type Survivors, type Turn } from "./recipe.ts"

export interface Mistake {
  readonly name: string
  /** What he does, in words. */
  readonly about: string
  readonly orders: ReadonlyArray<Order>
}

type Steps = ReadonlyArray<RecipeStep | null>

const without = (left: RecipeStep): Steps => recipeSteps.map((step) => (step === left ? null : step))

const exchanged = (at: number): Steps =>
  recipeSteps.map((step, place) => recipeSteps[place === at ? at + 1 : place === at + 1 ? at : place] ?? step)

/** Source: scylladb commit e350e37605. */
const asIn2022: Steps = [
  "WriteState",
  "EraseDiscovery",
  "EraseHistory",
  "EraseGroup",
  "restartIntoRecovery",
  null,
  "DeleteState",
  "restartOutOfRecovery"
]

/** Only the first that is left removes the lost ones. */
const nodeFor = (
  steps: ReadonlyArray<RecipeStep | undefined>,
  [first = "", ...others]: ReadonlyArray<string>
): string => (steps.includes("removeLost") ? first : (others.at(-1) ?? first))

const on =
  (node: string, steps: Steps): StepsOf =>
  (name) =>
    name === node ? steps : recipeSteps

/** All of these steps on one node, before the next node's turn. */
const nodeByNode = (survivors: Survivors, from: RecipeStep, to: RecipeStep): ReadonlyArray<Turn> => {
  const [start, end] = [recipeSteps.indexOf(from), recipeSteps.indexOf(to)]
  const all = inStep(survivors)
  const within = ([, at]: Turn): boolean => start <= at && at <= end
  return [
    ...all.filter(([, at]) => at < start),
    ...survivors.left.flatMap((node) => all.filter((turn) => turn[0] === node && within(turn))),
    ...all.filter(([, at]) => at > end)
  ]
}

/** Who goes ahead of the others, from which step to which. */
const alone: ReadonlyArray<readonly [name: string, from: RecipeStep, to: RecipeStep, about: string]> = [
  [
    "aheadInErasing",
    "WriteState",
    "EraseGroup",
    "Each node is taken into recovery and erased before the next is in recovery, and they leave together."
  ],
  ["aheadInLeaving", "EraseDiscovery", "restartOutOfRecovery", "Each node leaves recovery before the next is erased."],
  ["oneByOne", "WriteState", "restartOutOfRecovery", "The recipe is done on each node before the next is in recovery."]
]

/** Every mistake, made by one who looks what state nodes are in before he goes on (R3), or does not. */
export const mistakesWith = (survivors: Survivors, confirms: boolean): ReadonlyArray<Mistake> => {
  const { left } = survivors
  const ordered = (steps: StepsOf): ReadonlyArray<Order> => ordersOf({ ...survivors, steps, confirms })
  return [
    ...recipeSteps.map((step): Mistake => {
      const node = nodeFor([step], left)
      return {
        name: `without.${step}`,
        about: `${step} is forgotten on ${node}.`,
        orders: ordered(on(node, without(step)))
      }
    }),
    ...recipeSteps.slice(1).map((step, at): Mistake => {
      const node = nodeFor([recipeSteps[at], step], left)
      return {
        name: `early.${step}`,
        about: `${step} comes before ${recipeSteps[at]} on ${node}.`,
        orders: ordered(on(node, exchanged(at)))
      }
    }),
    {
      name: "early.erasures",
      about: `All is erased on ${left.at(-1)} while it still runs, as the recipe of 2022 has it.`,
      orders: ordered(on(left.at(-1) ?? "", asIn2022))
    },
    ...alone.map(
      ([name, from, to, about]): Mistake => ({
        name,
        about,
        orders: ordersOf({
          ...survivors,
          steps: () => recipeSteps,
          confirms,
          turns: nodeByNode(survivors, from, to)
        })
      })
    )
  ]
}
