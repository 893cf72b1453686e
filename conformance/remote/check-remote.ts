/** Checking an adapter in one role: does it obey the laws, and which variants explain it? */
import { type LawStory, lawsBrokenBy, shortenedLawStory } from "../kit/law-walk.ts"
import type { Reaction } from "../kit/role-under-test.ts"
import { AdapterTrouble, tellTrouble } from "./adapter-trouble.ts"
import { Course, inputsOf, type Plan } from "./course.ts"
import { Exercise, type Exercised } from "./exercise.ts"
import { type Design, followVariants } from "./follow-variants.ts"
import type { Line } from "./line.ts"
import type { Finding, RemoteResult, TourFinding, VariantFinding } from "./remote-result.ts"
import type { RemoteRole } from "./remote-role.ts"
import { Repeats } from "./repeats.ts"
import { Support } from "./support.ts"
import { Survival } from "./survival.ts"
import { tourDesigns } from "./tour-designs.ts"
import { TraceRunner } from "./trace-runner.ts"
import { undisturbed } from "./undisturbed.ts"

export interface RemoteOptions {
  readonly seed: number
  readonly runs: number
  /** Only this variant counts, and it has to be followed. */
  readonly variant?: string | undefined
  /** Whether every transition of the bounded role is taken besides. */
  readonly tour: boolean
  /** Whether walks are steered to sets of possible states that few have reached; not unless told. */
  readonly guided?: boolean | undefined
  readonly interrupted: () => boolean
  readonly onProgress: (runs: number, inputs: number) => void
}

/** The longest walk. */
const maxSteps = 60

/** Checks what is behind a line. It never rejects for what an adapter does. */
export const checkRemote = async <L, I, O extends { readonly _tag: string }, V>(
  role: RemoteRole<L, I, O, V>,
  line: Line,
  options: RemoteOptions
): Promise<RemoteResult<L, O>> => {
  const { seed } = options
  let stopped: string | undefined
  const cancel = line.limitRun((ms) => {
    stopped = `it was not done within ${ms} ms`
  })
  const interrupted = (): boolean => {
    if (stopped === undefined && options.interrupted()) stopped = "it was stopped"
    return stopped !== undefined
  }
  const forget = line.stopOnce(interrupted)
  const count = { runs: 0, inputs: 0 }
  let variants: ReadonlyArray<VariantFinding<L, O>> = []
  let broken: ReadonlyArray<LawStory<L, unknown>> = []
  let findings: ReadonlyArray<Finding> = []
  let toured: TourFinding<L, O> | undefined
  let trouble: string | undefined
  let language: string | undefined
  let exercised: Exercised | undefined
  const progress = (): void => options.onProgress(count.runs, count.inputs)
  try {
    const { hello } = await line.peer()
    language = hello.iut.language
    if (!hello.roles.includes(role.role)) return { ...nothing(role, line), findings: [notPlayed] }
    const runner = new TraceRunner(line, role, seed)
    const survival = new Survival(role)
    const support = new Support()
    const wanted = role.variants.filter(({ name }) => options.variant === undefined || options.variant === name)
    const designs = wanted.map(({ name, walks }) => ({
      name,
      courses: walks.map((graph) => new Course(graph(), role.part))
    }))
    const exercise = new Exercise(role, rulesOf(designs))
    const look = (input: unknown, seen: Reaction<unknown, unknown>): void => {
      survival.look(input, seen)
      exercise.given(input)
      support.look(input, seen)
    }
    const repeats = new Repeats(runner, role, hello.caps?.seed === true)
    variants = await followVariants(role, designs, runner, hello.iut.name, {
      seed,
      runs: options.runs,
      maxSteps,
      guided: options.guided,
      interrupted,
      onWalk: async (plan, transcript) => {
        count.runs++
        count.inputs += transcript.reactions.length
        progress()
        for (const [at, seen] of transcript.reactions.entries()) look(transcript.inputs[at], seen)
        exercise.walked(rulesTaken(plan, transcript.reactions.length), transcript)
        await repeats.look(inputsOf(plan), transcript)
      }
    })
    broken = await lawsBrokenBy(role, () => runner.start(), {
      seed,
      runs: options.runs,
      maxSteps,
      interrupted,
      onStep: (input, seen) => {
        look(input, seen)
        count.inputs++
        progress()
      }
    })
    // A walk that a variant has planned is judged by the laws too, and what it shows counts as much.
    for (const { inputs, ...shows } of exercise.broken.values())
      if (!broken.some(({ law }) => law === shows.law))
        broken = [...broken, await shortenedLawStory(role, () => runner.start(), inputs, shows)]
    exercised = exercise.exercised
    findings = [
      ...support.findings(),
      ...sequencesOf(runner.deathAtOnce),
      ...repeats.findings(),
      ...survival.findings(runner.lastDeath),
      ...(await undisturbed(runner, hello.caps ?? {}, repeats.examples, interrupted))
    ]
    if (options.tour && !support.isComplete) findings = [...findings, notToured]
    else if (options.tour) {
      const onProgress = (_: number, inputs: number): void => options.onProgress(count.runs, count.inputs + inputs)
      const all = await tourDesigns(role, variants, runner, hello.iut.name, { interrupted, onProgress })
      toured = all.tour
      variants = all.variants
      count.runs += all.traces
      count.inputs += all.inputs
    }
  } catch (error) {
    if (!(error instanceof AdapterTrouble)) throw error
    if (error.kind !== "stopped") trouble = tellTrouble(error)
  } finally {
    cancel()
    forget()
    await line.hangUp()
  }
  return {
    implementation: line.name,
    role: role.role,
    ...(language === undefined ? {} : { language }),
    way: line.way,
    ...count,
    laws: role.laws,
    broken,
    variants,
    ...(exercised === undefined ? {} : { exercised }),
    findings: stopped === undefined ? findings : [...findings, { what: "all of it", verdict: "unknown", why: stopped }],
    ...(toured === undefined ? {} : { tour: toured }),
    ...(trouble === undefined ? {} : { trouble })
  }
}

/** Rules of a plan as far as it was taken: what the environment did by itself, and as many inputs as were answered. */
const rulesTaken = (plan: Plan<unknown>, answered: number): ReadonlyArray<string> => {
  const rules: Array<string> = []
  let left = answered
  for (const { step, input } of plan) {
    if (input !== undefined && left-- === 0) break
    rules.push(step.rule)
  }
  return rules
}

const rulesOf = <L, I, O, V>(designs: ReadonlyArray<Design<L, I, O, V>>): ReadonlySet<string> =>
  new Set(designs.flatMap(({ courses }) => courses.flatMap(({ graph }) => graph.rules)))

/** A promise that is never kept blames the adapter, though inputs that go one by one make up for it. */
const sequencesOf = (death: AdapterTrouble | undefined): ReadonlyArray<Finding> =>
  death === undefined
    ? []
    : [
        {
          what: "sequences",
          verdict: "adapter-error",
          why: `it says that it takes inputs, and died of each such frame, though not of what was in it\n${tellTrouble(death)}`
        }
      ]

/** It would come to what is not supported in every state, again and again. */
const notToured: Finding = { what: "tour", verdict: "unsupported", why: "it takes every input in every state" }

const notPlayed: Finding = { what: "role", verdict: "not-applicable", why: "the adapter does not play this role" }

const nothing = <L, I, O, V>(role: RemoteRole<L, I, O, V>, line: Line): RemoteResult<L, O> => ({
  implementation: line.name,
  role: role.role,
  way: line.way,
  runs: 0,
  inputs: 0,
  laws: [],
  broken: [],
  variants: [],
  findings: []
})
