/** Checking whole clusters: random runs judged by every law, and the shortest story of the first law that one breaks. */
import fc from "fast-check"
import type { ClusterLabel } from "../../../../spec/sessions/labels.ts"
import { clusterLaws } from "../../../../spec/sessions/laws.ts"
import type { Divergence } from "../../divergence.ts"
import { Hung, inTime } from "../../in-time.ts"
import type { BrokenLaw } from "../../law-memories.ts"
import { minimize, type Shown } from "../../minimize.ts"
import type { Step } from "../../part.ts"
import type { LawOutcome, RoleResult, RoleVerdict } from "../../role-result.ts"
import { encodeToken } from "../../token.ts"
import { calm } from "./cluster-calm.ts"
import { clusterCommands, type Told } from "./cluster-command.ts"
import { takeStep } from "./cluster-kinds.ts"
import { ClusterRun } from "./cluster-run.ts"
import { clusterRole, clusterStory } from "./cluster-story.ts"
import type { ClusterAdapter, ClusterSetup } from "./cluster-under-test.ts"
import { simplerSteps } from "./simpler-steps.ts"

export interface ClusterCheckOptions {
  readonly adapter: ClusterAdapter
  readonly setup: ClusterSetup
  readonly seed: number
  readonly runs: number
  /** The longest run, before everything comes to rest; 240 unless told. */
  readonly maxCommands?: number
  /** How often a kind of step is drawn, by its rule, where the kind's own weight does not fit. */
  readonly weights?: Readonly<Record<string, number>>
  /** How long one run may stand still. */
  readonly timeoutMs?: number
  readonly onProgress?: (progress: { readonly runs: number; readonly commands: number }) => void
  readonly interrupted?: () => boolean
}

export type ClusterResult = RoleResult<ClusterLabel, never>

/** What one run came to. */
export interface ClusterOutcome {
  readonly steps: ReadonlyArray<Step>
  readonly labels: ReadonlyArray<ClusterLabel>
  readonly broken: ReadonlyArray<BrokenLaw>
}

interface Findings {
  runs: number
  commands: number
  found: ClusterOutcome | undefined
  trouble: unknown
  interrupted: boolean
}

const defaultTimeoutMs = 20_000

/** Lets `runs` clusters loose. Same seed, same result. */
export const checkCluster = async (options: ClusterCheckOptions): Promise<ClusterResult> => {
  const { adapter, setup, seed } = options
  const findings = await runAtRandom(options)
  const shortest = findings.found && (await shortened(adapter, setup, findings.found))
  const shown = shortest ?? findings.found
  const divergence = shown && divergenceOf(adapter, shown)
  return {
    implementation: adapter.name,
    protocol: "sessions",
    role: clusterRole,
    way: adapter.way,
    system: `${setup.nodes.length} nodes`,
    seed,
    runs: findings.runs,
    commands: findings.commands,
    laws: outcomes(shown?.broken ?? []),
    verdict: verdictOf(findings, shortest),
    ...(divergence === undefined || shown === undefined ? {} : { divergence, steps: shown.steps }),
    ...(findings.trouble === undefined ? {} : { trouble: String(findings.trouble) })
  }
}

const runAtRandom = async (options: ClusterCheckOptions): Promise<Findings> => {
  const { adapter, setup, seed, runs, maxCommands = 240, weights = {}, timeoutMs = defaultTimeoutMs } = options
  const findings: Findings = { runs: 0, commands: 0, found: undefined, trouble: undefined, interrupted: false }
  const property = fc.asyncProperty(clusterCommands(maxCommands, weights), async (commands) => {
    findings.interrupted ||= options.interrupted?.() ?? false
    fc.pre(!findings.interrupted && findings.trouble === undefined)
    const steps: Array<Step> = []
    try {
      const outcome = await lived(adapter, setup, steps, timeoutMs, (told) =>
        fc.asyncModelRun(() => ({ model: told, real: told }), commands)
      )
      if (outcome.broken.length > 0) findings.found = outcome
    } catch (error) {
      findings.trouble = error
      return
    } finally {
      findings.runs++
      findings.commands += steps.length
      options.onProgress?.({ runs: findings.runs, commands: findings.commands })
    }
    if (findings.found !== undefined) throw new Error("a law is broken")
  })
  await fc.check(property, { seed, numRuns: runs, maxSkipsPerRun: 0, endOnFailure: true })
  return findings
}

/** One life of a cluster: what is done to it, and its rest afterwards. */
const lived = async (
  adapter: ClusterAdapter,
  setup: ClusterSetup,
  steps: Array<Step>,
  timeoutMs: number,
  live: (told: Told) => Promise<void>
): Promise<ClusterOutcome> => {
  const cluster = await adapter.start(setup)
  try {
    const run = new ClusterRun(setup, cluster)
    const life = async (): Promise<void> => {
      await live({ run, steps })
      if (!run.isOver) await calm(run)
    }
    await inTime(life(), () => run.labels.length + steps.length, timeoutMs)
    return { steps, labels: [...run.labels], broken: run.broken }
  } finally {
    await cluster.stop()
  }
}

/** The same steps again, leaving out those that are not possible where they stand. */
export const replayCluster = (
  adapter: ClusterAdapter,
  setup: ClusterSetup,
  steps: ReadonlyArray<Step>,
  timeoutMs = defaultTimeoutMs
): Promise<ClusterOutcome> =>
  lived(adapter, setup, [], timeoutMs, async ({ run, steps: taken }) => {
    for (const step of steps) {
      if (run.isOver) return
      const taking = takeStep(run, step)
      if (taking === undefined) continue
      taken.push(step)
      await taking
    }
  })

/** The shortest steps that break the same law; nothing where the very same steps do not break it again. */
const shortened = async (
  adapter: ClusterAdapter,
  setup: ClusterSetup,
  found: ClusterOutcome
): Promise<ClusterOutcome | undefined> => {
  const law = found.broken[0]!.law
  const attempt = async (steps: ReadonlyArray<Step>): Promise<Shown<ClusterOutcome> | undefined> => {
    const outcome = await replayCluster(adapter, setup, steps)
    return outcome.broken.some((broken) => broken.law === law) ? { steps: outcome.steps, shows: outcome } : undefined
  }
  const again = await attempt(found.steps)
  if (again === undefined) return undefined
  return (await minimize(again, attempt, simplerSteps)).shows
}

const divergenceOf = (
  adapter: ClusterAdapter,
  { labels, steps, broken }: ClusterOutcome
): Divergence<ClusterLabel, never> => ({
  implementation: adapter.name,
  role: clusterRole,
  channels: ["laws"],
  story: clusterStory(labels),
  input: steps.at(-1)?.rule ?? "",
  expected: [],
  actual: [],
  told: {
    expected: broken.map(({ law }) => `${law}: ${clusterLaws.find(({ id }) => id === law)?.sentence ?? law}`),
    actual: broken.map(({ law, why }) => `${law}: ${why}`)
  },
  brokenLaws: broken
})

/** Laws about waiting are judged at rest, and all others at every label. */
const outcomes = (broken: ReadonlyArray<BrokenLaw>): ReadonlyArray<LawOutcome<ClusterLabel>> =>
  clusterLaws.map(({ id }) => {
    const why = broken.find(({ law }) => law === id)?.why
    return why === undefined ? { id, verdict: "pass" } : { id, verdict: "fail", why }
  })

const verdictOf = (findings: Findings, shortest: unknown): RoleVerdict => {
  if (findings.found !== undefined) return shortest === undefined ? "nondeterministic" : "fail"
  if (findings.trouble !== undefined) return findings.trouble instanceof Hung ? "unknown" : "adapter-error"
  return findings.interrupted ? "unknown" : "pass"
}

/** The token that shows a result's story again, if it has one. */
export const clusterToken = (result: ClusterResult, setup: ClusterSetup): string | undefined => {
  const { protocol, role, way, implementation, divergence, steps } = result
  if (divergence === undefined || steps === undefined) return undefined
  return encodeToken({ protocol, role, way, implementation, setting: setup, steps, ...divergence.told })
}
