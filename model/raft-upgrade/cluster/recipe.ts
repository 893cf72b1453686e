/** The recipe by which an operator brings a cluster back that has lost its group 0. Source: dossier `raft-upgrade.md` 3, R1 to R9. */
import type { Edit } from "../../../spec/raft-upgrade/messages.ts"
import { post, recovery } from "../../../spec/raft-upgrade/states.ts"
import type { Order } from "./orders.ts"

/** What is done to each node that is left, in this order: R2, R3, R4, R5, R7, R8. */
export const recipeSteps = [
  "WriteState",
  "restartIntoRecovery",
  "removeLost",
  "EraseDiscovery",
  "EraseHistory",
  "EraseGroup",
  "DeleteState",
  "restartOutOfRecovery"
] as const
export type RecipeStep = (typeof recipeSteps)[number]

/** Who is left, and who is lost. */
export interface Survivors {
  readonly left: ReadonlyArray<string>
  readonly lost: ReadonlyArray<string>
}

/** Which steps a node is taken through, in their order: one for each step of the recipe, or null where nothing is done in its time. */
export type StepsOf = (node: string) => ReadonlyArray<RecipeStep | null>

interface Recipe extends Survivors {
  readonly steps: StepsOf
  /** Whether he looks what state nodes are in, and not only that they are up, before he goes on (R3, R9). */
  readonly confirms: boolean
  /** Whether he makes sure that the lost ones are off the ring: whoever was to take them off may have fallen. */
  readonly insists?: boolean
  /** In step unless told. */
  readonly turns?: ReadonlyArray<Turn>
}

const edits: Readonly<Partial<Record<RecipeStep, Edit>>> = {
  WriteState: { _tag: "WriteState", text: recovery },
  EraseDiscovery: { _tag: "EraseDiscovery" },
  EraseHistory: { _tag: "EraseHistory" },
  EraseGroup: { _tag: "EraseGroup" },
  DeleteState: { _tag: "DeleteState" }
}

const ordersFor = (
  step: RecipeStep,
  on: string,
  { left, lost, confirms, insists = false }: Recipe
): ReadonlyArray<Order> => {
  const edit = edits[step]
  if (edit !== undefined) return [{ does: "edits", on, edit }]
  switch (step) {
    case "restartIntoRecovery":
      return [
        { does: "restarts", on },
        { does: "confirms", on, state: null }
      ]
    case "removeLost":
      // The first that is left takes the lost ones off the ring, once all are in recovery.
      return on === left[0]
        ? [
            ...(confirms ? left.map((node): Order => ({ does: "confirms", on: node, state: recovery })) : []),
            ...lost.flatMap(
              (dead): ReadonlyArray<Order> => [
                { does: "removes", on: dead, by: on },
                { does: "waits for", on },
                ...(insists ? [{ does: "makes sure", on: dead, by: on } as const] : [])
              ]
            )
          ]
        : []
    default:
      return [{ does: "restarts", on }]
  }
}

/** Whose turn it is, and for which of his steps. */
export type Turn = readonly [node: string, at: number]

/** Step by step, each on every node before the next. */
export const inStep = ({ left }: Survivors): ReadonlyArray<Turn> =>
  recipeSteps.flatMap((_, at) => left.map((node): Turn => [node, at]))

export const ordersOf = (recipe: Recipe): ReadonlyArray<Order> => {
  const { left, lost, confirms, steps, turns = inStep(recipe) } = recipe
  return [
    ...lost.map((on): Order => ({ does: "gives up", on })),
    ...turns.flatMap(([node, at]) => {
      const step = steps(node)[at]
      return step === undefined || step === null ? [] : ordersFor(step, node, recipe)
    }),
    ...(confirms ? left.map((on): Order => ({ does: "confirms", on, state: post })) : [])
  ]
}

/** The recipe as it is written. */
export const recipe = (survivors: Survivors, insists = false): ReadonlyArray<Order> =>
  ordersOf({ ...survivors, steps: () => recipeSteps, confirms: true, insists })
