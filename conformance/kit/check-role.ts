/** Checking one implementation in one role: random walks in lockstep, and the shortest story where they part. */
import fc from "fast-check"
import type { System } from "../../model/kernel/system.ts"
import { commandsFor, Journal } from "./commands.ts"
import { Diverged, type Divergence, kindOf } from "./divergence.ts"
import { Hung, inTime } from "./in-time.ts"
import { defaultTimeoutMs, endQuietly, lockstep } from "./lockstep.ts"
import { minimize, type Shown } from "./minimize.ts"
import type { Part, Step } from "./part.ts"
import { LawTally, type RoleResult, type RoleVerdict } from "./role-result.ts"
import type { Adapter } from "./role-under-test.ts"
import { graphFor, type PartGraph, type Stage, stage } from "./stage.ts"
import { StepFinder } from "./steps.ts"
import { Walk } from "./walk.ts"

/** What is held against what: a model, an implementation behind its adapter, and how long and from which seed. */
export interface CheckOptions<L, I, O, V> {
  readonly system: System<L>
  readonly part: Part<L, I, O, V>
  readonly adapter: Adapter<I, O, V>
  readonly seed: number
  readonly runs: number
  /** The longest run; lengths are drawn evenly up to it. 60 unless told. */
  readonly maxCommands?: number
  /** How often a rule is drawn, by name, where the part's own weights do not fit. */
  readonly weights?: Readonly<Record<string, number>>
  /** fast-check's own path to a failing run, to see nothing but that. */
  readonly path?: string
  /**
   * Whether fast-check shrinks before the story is made 1-minimal. It costs some thousand runs and seldom makes a story
   * shorter than what follows, so only implementations in process are shrunk unless told.
   */
  readonly shrink?: boolean
  readonly timeoutMs?: number
  /** The graph of this system and part, so that several checks learn it once. */
  readonly graph?: PartGraph<L, I, O, V>
  readonly onProgress?: (progress: { readonly runs: number; readonly commands: number }) => void
  /** Asked before every run; the check ends once it says yes. */
  readonly interrupted?: () => boolean
}

/** Runs between two looks at the world outside, where a run is nothing but microtasks. */
const breath = 64

/** What was found so far. */
interface Findings<L, O> {
  runs: number
  commands: number
  found: Shown<Divergence<L, O>> | undefined
  trouble: unknown
  interrupted: boolean
}

/** Walks `runs` times through the system with the implementation beside it. Same seed, same result. */
export const checkRole = async <L, I, O extends { readonly _tag: string }, V>(
  options: CheckOptions<L, I, O, V>
): Promise<RoleResult<L, O>> => {
  const { system, part, adapter, timeoutMs = defaultTimeoutMs } = options
  const graph = options.graph ?? graphFor(system, part)
  const tally = new LawTally(system.laws)
  const stand = stage(graph, part, adapter, (broken, story) => tally.note(broken, story()))
  const finder = new StepFinder(graph, part)
  const findings = await walkAtRandom(options, stand, finder, timeoutMs)
  const shortest = findings.found && (await shortened(stand, finder, findings.found, timeoutMs))
  const verdict = verdictOf(findings, shortest)
  const found = shortest ?? findings.found
  return {
    implementation: adapter.name,
    protocol: part.protocol,
    role: part.role,
    way: adapter.way,
    system: system.name,
    seed: options.seed,
    runs: findings.runs,
    commands: findings.commands,
    laws: tally.outcomes(found?.shows.brokenLaws ?? []),
    verdict,
    ...(found === undefined ? {} : { divergence: found.shows, steps: found.steps }),
    ...(findings.trouble === undefined ? {} : { trouble: told(findings.trouble) })
  }
}

const walkAtRandom = async <L, I, O, V>(
  options: CheckOptions<L, I, O, V>,
  stand: Stage<L, I, O, V>,
  finder: StepFinder<L, I, O, V>,
  timeoutMs: number
): Promise<Findings<L, O>> => {
  const { part, seed, path, maxCommands = 60, weights = {} } = options
  const shrink = options.shrink ?? options.adapter.way === "in process"
  const findings: Findings<L, O> = { runs: 0, commands: 0, found: undefined, trouble: undefined, interrupted: false }
  const journal = new Journal<L, I, O, V>()
  const commands = commandsFor(stand.graph, part, journal, maxCommands, weights)
  const property = fc.asyncProperty(commands, async (sequence) => {
    const first = findings.found === undefined
    findings.interrupted ||= first && (options.interrupted?.() ?? false)
    // Nothing further is run then: with no skips allowed, fast-check ends at the first one.
    fc.pre(!findings.interrupted && findings.trouble === undefined)
    if (findings.runs % breath === 0) await new Promise(setImmediate)
    journal.begin()
    const walk = new Walk(stand)
    const run = async (): Promise<void> => {
      await walk.begin()
      await fc.asyncModelRun(() => ({ model: walk, real: walk }), sequence)
    }
    try {
      await inTime(run(), () => walk.chosen.length, timeoutMs)
    } catch (error) {
      if (!(error instanceof Diverged)) {
        findings.trouble = error
        return
      }
      journal.keep()
      findings.found = { steps: walk.chosen.map((move) => finder.step(move)), shows: error.divergence }
      throw error
    } finally {
      if (first) {
        findings.runs++
        findings.commands += walk.chosen.length
        options.onProgress?.({ runs: findings.runs, commands: findings.commands })
      }
      await endQuietly(walk, timeoutMs)
    }
  })
  await fc.check(property, {
    seed,
    numRuns: options.runs,
    maxSkipsPerRun: 0,
    endOnFailure: !shrink,
    ...(path === undefined ? {} : { path })
  })
  return findings
}

/** The shortest steps that show the same; nothing where the very same steps do not show it again. */
const shortened = async <L, I, O extends { readonly _tag: string }, V>(
  stand: Stage<L, I, O, V>,
  finder: StepFinder<L, I, O, V>,
  found: Shown<Divergence<L, O>>,
  timeoutMs: number
): Promise<Shown<Divergence<L, O>> | undefined> => {
  const kind = kindOf(found.shows)
  const attempt = async (steps: ReadonlyArray<Step>): Promise<Shown<Divergence<L, O>> | undefined> => {
    const result = await lockstep(stand, finder, steps, { timeoutMs, skipImpossible: true })
    if (result._tag !== "Diverged" || kindOf(result.divergence) !== kind) return undefined
    return { steps: result.steps, shows: result.divergence }
  }
  const again = await attempt(found.steps)
  if (again === undefined) return undefined
  const shortest = await minimize(again, attempt, stand.part.simpler)
  return await attempt(shortest.steps)
}

const verdictOf = (findings: Findings<unknown, unknown>, shortest: unknown): RoleVerdict => {
  if (findings.found !== undefined) return shortest === undefined ? "nondeterministic" : "fail"
  if (findings.trouble !== undefined) return findings.trouble instanceof Hung ? "unknown" : "adapter-error"
  return findings.interrupted ? "unknown" : "pass"
}

const told = (trouble: unknown): string =>
  trouble instanceof Error ? `${trouble.name}: ${trouble.message}` : String(trouble)
