/** Which variants explain an implementation: random walks, each planned by a variant that has explained all so far. */
import { chance } from "../../model/explorer/random.ts"
import { type Divergence, kindOf } from "../kit/divergence.ts"
import { minimize, type Shown } from "../kit/minimize.ts"
import type { Step } from "../kit/part.ts"
import { type Course, inputsOf, type Plan } from "./course.ts"
import type { VariantFinding } from "./remote-result.ts"
import type { RemoteRole } from "./remote-role.ts"
import type { TraceRunner } from "./trace-runner.ts"
import type { Transcript } from "./transcript.ts"

export interface FollowWalks<I, O, V> {
  readonly seed: number
  readonly runs: number
  readonly maxSteps: number
  readonly interrupted: () => boolean
  /** Told of every walk, with its transcript. */
  readonly onWalk: (inputs: ReadonlyArray<I>, transcript: Transcript<I, O, V>) => Promise<void>
}

/** A variant while it is held against an implementation. */
interface Candidate<L, I, O, V> {
  readonly course: Course<L, I, O, V>
  verdict: "pass" | "fail" | "unknown"
  why: string | undefined
  found: Shown<Divergence<L, O>> | undefined
}

/** Walks until no variant is left that could explain what is seen, or `runs` walks were taken. */
export const followVariants = async <L, I, O extends { readonly _tag: string }, V>(
  role: RemoteRole<L, I, O, V>,
  courses: ReadonlyArray<Course<L, I, O, V>>,
  runner: TraceRunner<L, I, O, V>,
  name: string,
  { seed, runs, maxSteps, interrupted, onWalk }: FollowWalks<I, O, V>
): Promise<ReadonlyArray<VariantFinding<L, O>>> => {
  const candidates = courses.map(
    (course): Candidate<L, I, O, V> => ({ course, verdict: "pass", why: undefined, found: undefined })
  )
  const open = () => candidates.filter(({ found }) => found === undefined)
  for (let run = 0; run < runs && open().length > 0 && !interrupted(); run++) {
    const draw = chance(seed, run)
    // Lengths are drawn evenly, so that short walks, which are read easily, are among them.
    const plan = open()[run % open().length]!.course.plan(draw, 1 + draw(maxSteps))
    const transcript = await runner.run(inputsOf(plan))
    await onWalk(inputsOf(plan), transcript)
    for (const candidate of open()) judge(candidate, plan, transcript, name)
  }
  const findings: Array<VariantFinding<L, O>> = []
  for (const { course, verdict, why, found } of candidates) {
    if (found === undefined) findings.push({ name: course.variant, verdict, ...(why === undefined ? {} : { why }) })
    else {
      const { shows } = await shortest(role, course, runner, name, found)
      findings.push({ name: course.variant, verdict, divergence: shows })
    }
  }
  return findings
}

const judge = <L, I, O, V>(
  candidate: Candidate<L, I, O, V>,
  plan: Plan<I>,
  transcript: Transcript<I, O, V>,
  name: string
): void => {
  const followed = candidate.course.follow(plan, transcript, name)
  if (followed._tag === "Diverged") {
    candidate.verdict = "fail"
    candidate.found = { steps: plan.slice(0, followed.at + 1).map(({ step }) => step), shows: followed.divergence }
  } else if (followed._tag === "Overflow") doubted(candidate, "more states are possible than can be kept apart")
  else if (transcript.hung) doubted(candidate, transcript.reactions.at(-1)?.doubt?.why ?? "")
}

const doubted = (candidate: { verdict: string; why: string | undefined }, why: string): void => {
  candidate.verdict = "unknown"
  candidate.why ??= why
}

const shortest = async <L, I, O extends { readonly _tag: string }, V>(
  { part }: RemoteRole<L, I, O, V>,
  course: Course<L, I, O, V>,
  runner: TraceRunner<L, I, O, V>,
  name: string,
  found: Shown<Divergence<L, O>>
): Promise<Shown<Divergence<L, O>>> => {
  const kind = kindOf(found.shows)
  const attempt = async (steps: ReadonlyArray<Step>): Promise<Shown<Divergence<L, O>> | undefined> => {
    const plan = course.planOf(steps)
    const followed = course.follow(plan, await runner.run(inputsOf(plan)), name)
    if (followed._tag !== "Diverged" || kindOf(followed.divergence) !== kind) return undefined
    return { steps: plan.slice(0, followed.at + 1).map(({ step }) => step), shows: followed.divergence }
  }
  return await minimize(found, attempt, part.simpler)
}
