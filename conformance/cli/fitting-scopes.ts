/** Which scopes a change is about: a protocol has systems of several kinds, and not all have the same parameters. */
import { type Overrides, type Scope, UnknownOverride } from "../../model/kernel/scope.ts"
import type { Label } from "../report/story.ts"

/** Whether a scope knows what is to be changed. */
export const fits = (scope: Scope<Label>, overrides: Overrides): boolean => refusal(scope, overrides) === undefined

/** The scopes that know what is to be changed. Throws `UnknownOverride` where none does, with all that they say. */
export const fittingScopes = (
  scopes: ReadonlyArray<Scope<Label>>,
  overrides: Overrides
): ReadonlyArray<Scope<Label>> => {
  const refusals = scopes.map((scope) => refusal(scope, overrides))
  const fitting = scopes.filter((_, at) => refusals[at] === undefined)
  if (fitting.length > 0) return fitting
  throw new UnknownOverride([...new Set(refusals)].join("; "))
}

const refusal = (scope: Scope<Label>, overrides: Overrides): string | undefined => {
  try {
    scope.system(overrides)
    return undefined
  } catch (error) {
    if (error instanceof UnknownOverride) return error.message
    throw error
  }
}
