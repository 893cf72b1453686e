/** Steps that ask for less than another, to be tried in its place when a story is shortened. */
import type { Step } from "../../part.ts"

/** Fewer things go on at once. */
export const simplerSteps = ({ rule, choice }: Step): ReadonlyArray<Step> =>
  typeof choice === "number" && choice > 4 && rule === "everything goes on" ? [{ rule, choice: choice / 2 }] : []
