/** Which variants explain an implementation: random walks, each planned by a variant that has explained all so far. */
import { chance } from "../../model/explorer/random.ts"
import { kindOf } from "../kit/divergence.ts"
import { planApart } from "./apart.ts"
import type { Course, Plan } from "./course.ts"
import { Guide } from "./guided/guide.ts"
import { reachedIn } from "./guided/novelty.ts"
import type { SteeredWalk } from "./guided/steered.ts"
import { walkSteered } from "./guided/walk-steered.ts"
import type { VariantFinding } from "./remote-result.ts"
import type { RemoteRole } from "./remote-role.ts"
import { attempted, type Found, type GoOn, stepsOf, taken, taking, told } from "./shortest.ts"
import type { TraceRunner } from "./trace-runner.ts"
import type { Transcript } from "./transcript.ts"

export interface FollowWalks<I, O, V> {
  readonly seed: number
  readonly runs: number
  readonly maxSteps: number
  /** Whether walks are steered to where few have been; they are drawn by fast-check then, and shrunk by it first. */
  readonly guided?: boolean | undefined
  readonly interrupted: () => boolean
  /** Told of every walk, with its transcript. */
  readonly onWalk: (plan: Plan<I>, transcript: Transcript<I, O, V>) => Promise<void>
}

/** A variant, with its environments. */
export interface Design<L, I, O, V> {
  readonly name: string
  readonly courses: ReadonlyArray<Course<L, I, O, V>>
}

/** A variant while it is held against an implementation. */
interface Candidate<L, I, O, V> {
  readonly design: Design<L, I, O, V>
  /** One for each environment. */
  readonly guides: ReadonlyArray<Guide<L, I, O, V>>
  verdict: "pass" | "fail" | "unknown"
  why: string | undefined
  found: Found<L, I, O, V> | undefined
}

/**
 * Walks until no variant is left that could explain what is seen, or `runs` walks were taken. Where several are left then, it
 * is asked what they would answer differently.
 */
export const followVariants = async <L, I, O extends { readonly _tag: string }, V>(
  role: RemoteRole<L, I, O, V>,
  designs: ReadonlyArray<Design<L, I, O, V>>,
  runner: TraceRunner<L, I, O, V>,
  name: string,
  { seed, runs, maxSteps, guided = false, interrupted, onWalk }: FollowWalks<I, O, V>
): Promise<ReadonlyArray<VariantFinding<L, O>>> => {
  const candidates = designs.map(
    (design): Candidate<L, I, O, V> => ({
      design,
      guides: design.courses.map((course) => new Guide(course)),
      verdict: "pass",
      why: undefined,
      found: undefined
    })
  )
  const open = () => candidates.filter(({ found }) => found === undefined)
  /** Behind an input that may not have happened, `goOn` says what is left of the plan. */
  const walk = async (
    { environment, plan: planned }: SteeredWalk<I>,
    goOn: GoOn<I, O, V>
  ): Promise<ReadonlyArray<Candidate<L, I, O, V>>> => {
    const { plan, transcript } = await taking(planned, goOn, runner)
    await onWalk(plan, transcript)
    const before = open()
    const explained = before.filter((candidate) => judge(candidate, environment, plan, transcript, name))
    if (transcript.fault !== undefined && explained.length > 0) throw transcript.fault
    return before.filter(({ found }) => found !== undefined)
  }
  if (guided)
    await walkSteered({
      seed,
      runs,
      interrupted,
      isOpen: () => open().length > 0,
      draw: (draw) => {
        const { guides } = open()[draw(open().length)]!
        const environment = draw(guides.length)
        return { environment, plan: guides[environment]!.plan(draw, maxSteps) }
      },
      walk: (steered) => {
        const { courses } = open()[0]!.design
        return walk(steered, (plan, reactions) => courses[steered.environment]!.thinned(plan, reactions))
      },
      isShorter: (candidate, { plan }) => isShorter(candidate, plan, runner, name)
    })
  else
    for (let run = 0; run < runs && open().length > 0 && !interrupted(); run++) {
      const draw = chance(seed, run)
      // Lengths are drawn evenly, so that short walks, which are read easily, are among them.
      const { courses } = open()[run % open().length]!.design
      const environment = draw(courses.length)
      const course = courses[environment]!
      const plan = course.plan(draw, 1 + draw(maxSteps))
      await walk({ environment, plan }, (plan, reactions) => course.replanned(plan, reactions, draw))
    }
  // What chance has not come to may yet tell apart the designs that are left.
  for (const one of candidates)
    for (const other of candidates.slice(candidates.indexOf(one) + 1))
      for (const [environment, course] of one.design.courses.entries()) {
        if (one.found !== undefined || other.found !== undefined || interrupted()) break
        const plan = planApart(course, other.design.courses[environment]!)
        if (plan === undefined) continue
        await walk({ environment, plan }, (plan, reactions) => course.thinned(plan, reactions))
      }
  const findings: Array<VariantFinding<L, O>> = []
  for (const { design, guides, verdict, why, found } of candidates) {
    const known = { name: design.name, reached: reachedIn(guides.map(({ novelty }) => novelty)) }
    if (found === undefined) findings.push({ ...known, verdict, ...(why === undefined ? {} : { why }) })
    else findings.push({ ...known, ...(await told(role, runner, name, found)) })
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
  const learning = candidate.guides[environment]!.learning(plan, transcript)
  const followed = course.follow(plan, transcript, name, learning)
  if (followed._tag === "Diverged") {
    candidate.verdict = "fail"
    candidate.found = { course, steps: taken(plan, followed.at), shows: followed.divergence }
  } else if (followed._tag === "Overflow") doubted(candidate, "more states are possible than can be kept apart")
  else if (transcript.hung) doubted(candidate, transcript.reactions.at(-1)?.doubt?.why ?? "")
  return followed._tag === "Explained"
}

/** Whether less of a walk shows what was found; then that is what was found. */
const isShorter = async <L, I, O extends { readonly _tag: string }, V>(
  candidate: Candidate<L, I, O, V>,
  plan: Plan<I>,
  runner: TraceRunner<L, I, O, V>,
  name: string
): Promise<boolean> => {
  const { course, steps, shows } = candidate.found!
  const less = await attempted(course, stepsOf(plan), kindOf(shows), runner, name)
  if (less === undefined || less.steps.length >= steps.length) return false
  candidate.found = { ...less, course }
  return true
}

const doubted = (candidate: { verdict: string; why: string | undefined }, why: string): void => {
  candidate.verdict = "unknown"
  candidate.why ??= why
}
