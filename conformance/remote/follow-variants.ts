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

/** A variant, with its environments. */
export interface Design<L, I, O, V> {
  readonly name: string
  readonly courses: ReadonlyArray<Course<L, I, O, V>>
}

/** A variant while it is held against an implementation. */
interface Candidate<L, I, O, V> {
  readonly design: Design<L, I, O, V>
  verdict: "pass" | "fail" | "unknown"
  why: string | undefined
  /** With the environment in which it was found. */
  found: (Shown<Divergence<L, O>> & { readonly course: Course<L, I, O, V> }) | undefined
}

/** Walks until no variant is left that could explain what is seen, or `runs` walks were taken. */
export const followVariants = async <L, I, O extends { readonly _tag: string }, V>(
  role: RemoteRole<L, I, O, V>,
  designs: ReadonlyArray<Design<L, I, O, V>>,
  runner: TraceRunner<L, I, O, V>,
  name: string,
  { seed, runs, maxSteps, interrupted, onWalk }: FollowWalks<I, O, V>
): Promise<ReadonlyArray<VariantFinding<L, O>>> => {
  const candidates = designs.map(
    (design): Candidate<L, I, O, V> => ({ design, verdict: "pass", why: undefined, found: undefined })
  )
  const open = () => candidates.filter(({ found }) => found === undefined)
  for (let run = 0; run < runs && open().length > 0 && !interrupted(); run++) {
    const draw = chance(seed, run)
    // Lengths are drawn evenly, so that short walks, which are read easily, are among them.
    const { courses } = open()[run % open().length]!.design
    const environment = draw(courses.length)
    const course = courses[environment]!
    let plan = course.plan(draw, 1 + draw(maxSteps))
    const transcript = await runner.run(inputsOf(plan), (reactions) => {
      plan = course.replanned(plan, reactions, draw)
      return inputsOf(plan).slice(reactions.length)
    })
    await onWalk(inputsOf(plan), transcript)
    const explained = open().filter((candidate) => judge(candidate, environment, plan, transcript, name))
    if (transcript.fault !== undefined && explained.length > 0) throw transcript.fault
  }
  const findings: Array<VariantFinding<L, O>> = []
  for (const { design, verdict, why, found } of candidates) {
    if (found === undefined) findings.push({ name: design.name, verdict, ...(why === undefined ? {} : { why }) })
    else findings.push({ name: design.name, ...(await told(role, runner, name, found)) })
  }
  return findings
}

/** Whether everything that was asked was asked as planned, and came out as this design explains. */
const judge = <L, I, O, V>(
  candidate: Candidate<L, I, O, V>,
  environment: number,
  plan: Plan<I>,
  transcript: Transcript<I, O, V>,
  name: string
): boolean => {
  const course = candidate.design.courses[environment]!
  const followed = course.follow(plan, transcript, name)
  if (followed._tag === "Diverged") {
    candidate.verdict = "fail"
    candidate.found = { course, steps: taken(plan, followed.at), shows: followed.divergence }
  } else if (followed._tag === "Overflow") doubted(candidate, "more states are possible than can be kept apart")
  else if (transcript.hung) doubted(candidate, transcript.reactions.at(-1)?.doubt?.why ?? "")
  return followed._tag === "Explained"
}

const doubted = (candidate: { verdict: string; why: string | undefined }, why: string): void => {
  candidate.verdict = "unknown"
  candidate.why ??= why
}

const taken = (plan: Plan<unknown>, at: number): ReadonlyArray<Step> => plan.slice(0, at + 1).map(({ step }) => step)

/** The shortest story of a difference, if it shows again. */
const told = async <L, I, O extends { readonly _tag: string }, V>(
  { part }: RemoteRole<L, I, O, V>,
  runner: TraceRunner<L, I, O, V>,
  name: string,
  { course, ...found }: NonNullable<Candidate<L, I, O, V>["found"]>
): Promise<Omit<VariantFinding<L, O>, "name">> => {
  const kind = kindOf(found.shows)
  const attempt = async (steps: ReadonlyArray<Step>): Promise<Shown<Divergence<L, O>> | undefined> => {
    let plan = course.planOf(steps)
    const transcript = await runner.run(inputsOf(plan), (reactions) => {
      plan = course.thinned(plan, reactions)
      return inputsOf(plan).slice(reactions.length)
    })
    const followed = course.follow(plan, transcript, name)
    if (followed._tag !== "Diverged" || kindOf(followed.divergence) !== kind) return undefined
    return { steps: taken(plan, followed.at), shows: followed.divergence }
  }
  if ((await attempt(found.steps)) === undefined)
    return { verdict: "flaky", why: "the same inputs led elsewhere the second time", divergence: found.shows }
  const { shows } = await minimize(found, attempt, part.simpler)
  return { verdict: "fail", divergence: shows }
}
