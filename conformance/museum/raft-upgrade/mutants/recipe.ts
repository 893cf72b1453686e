/** Operators who leave out a step of the recipe on one of the two nodes that are left. */
import type { Change } from "../mutant.ts"

/** The story that they are seen in. */
export const bySteps = "a majority is lost, and the two that are left go by the recipe"

type Step = Parameters<NonNullable<Change["leavesOut"]>>[1]

export const forgets = (step: Step, on = "D"): Change => ({ leavesOut: (name, what) => name === on && what === step })
