/** What was found to set a design apart, asked again, and made as short as it gets. */
import { type Divergence, kindOf } from "../kit/divergence.ts"
import { minimize, type Shown } from "../kit/minimize.ts"
import type { Step } from "../kit/part.ts"
import type { Reaction } from "../kit/role-under-test.ts"
import { type Course, inputsOf, type Plan } from "./course.ts"
import type { VariantFinding } from "./remote-result.ts"
import type { RemoteRole } from "./remote-role.ts"
import type { TraceRunner } from "./trace-runner.ts"
import type { Transcript } from "./transcript.ts"

/** Whoever takes whole sequences. */
type Runner<L, I, O, V> = Pick<TraceRunner<L, I, O, V>, "run">

/** What sets a design apart, with the environment in which it was found. */
export interface Found<L, I, O, V> extends Shown<Divergence<L, O>> {
  readonly course: Course<L, I, O, V>
}

/** What becomes of a plan behind reactions of which the last leaves open what has happened. */
export type GoOn<I, O, V> = (plan: Plan<I>, reactions: ReadonlyArray<Reaction<O, V>>) => Plan<I>

/** Takes a plan, and says what came of it and what the plan was in the end. */
export const taking = async <L, I, O extends { readonly _tag: string }, V>(
  planned: Plan<I>,
  goOn: GoOn<I, O, V>,
  runner: Runner<L, I, O, V>
): Promise<{ readonly plan: Plan<I>; readonly transcript: Transcript<I, O, V> }> => {
  let plan = planned
  const transcript = await runner.run(inputsOf(plan), (reactions) => {
    plan = goOn(plan, reactions)
    return inputsOf(plan).slice(reactions.length)
  })
  return { plan, transcript }
}

/** What these steps show, if it is of that kind. */
export const attempted = async <L, I, O extends { readonly _tag: string }, V>(
  course: Course<L, I, O, V>,
  steps: ReadonlyArray<Step>,
  kind: string,
  runner: Runner<L, I, O, V>,
  name: string
): Promise<Shown<Divergence<L, O>> | undefined> => {
  const thin: GoOn<I, O, V> = (plan, reactions) => course.thinned(plan, reactions)
  const { plan, transcript } = await taking(course.planOf(steps), thin, runner)
  const followed = course.follow(plan, transcript, name)
  if (followed._tag !== "Diverged" || kindOf(followed.divergence) !== kind) return undefined
  return { steps: taken(plan, followed.at), shows: followed.divergence }
}

export const stepsOf = (plan: Plan<unknown>): ReadonlyArray<Step> => plan.map(({ step }) => step)

export const taken = (plan: Plan<unknown>, at: number): ReadonlyArray<Step> => stepsOf(plan.slice(0, at + 1))

/** The shortest story of a difference, if it shows again. */
export const told = async <L, I, O extends { readonly _tag: string }, V>(
  { part }: RemoteRole<L, I, O, V>,
  runner: Runner<L, I, O, V>,
  name: string,
  { course, ...found }: Found<L, I, O, V>
): Promise<Omit<VariantFinding<L, O>, "name" | "reached">> => {
  const kind = kindOf(found.shows)
  const attempt = (steps: ReadonlyArray<Step>) => attempted(course, steps, kind, runner, name)
  if ((await attempt(found.steps)) === undefined)
    return { verdict: "flaky", why: "the same inputs led elsewhere the second time", divergence: found.shows }
  const { shows } = await minimize(found, attempt, part.simpler)
  return { verdict: "fail", divergence: shows }
}
