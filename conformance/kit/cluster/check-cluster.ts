/** Checking whole clusters: random runs judged by every law, and the shortest story of the first law that one breaks. */
import fc from "fast-check"
import type { StoryStep } from "../../../model/explorer/errors.ts"
import type { Law } from "../../../spec/law.ts"
import type { Divergence } from "../divergence.ts"
import { Hung, inTime } from "../in-time.ts"
import type { BrokenLaw } from "../law-memories.ts"
import { minimize, type Shown } from "../minimize.ts"
import type { Step } from "../part.ts"
import type { LawOutcome, RoleResult, RoleVerdict } from "../role-result.ts"
import { encodeToken } from "../token.ts"
import { clusterCommands, type Told } from "./cluster-command.ts"
import type { ClusterAdapterOf, ClusterLife } from "./cluster-life.ts"
import type { JudgedRun } from "./judged-run.ts"
import { type KindOf, takeStep } from "./kind.ts"

/** What a protocol's clusters are played with. */
export interface ClusterGame<L, Deed, Setup, Life extends ClusterLife<L, Deed>, Run extends JudgedRun<L, Deed, Life>> {
  readonly protocol: string
  /** Such as `sessions/cluster`. */
  readonly role: string
  readonly laws: ReadonlyArray<Law<L>>
  readonly kinds: ReadonlyArray<KindOf<Run>>
  /** How a cluster is named in results. */
  readonly system: (setup: Setup) => string
  readonly begin: (setup: Setup, cluster: Life) => Run
  /** The end of a run: nothing goes wrong any more, and who waits then waits for ever. */
  readonly calm: (run: Run) => Promise<void>
  readonly story: (labels: ReadonlyArray<L>) => ReadonlyArray<StoryStep<L>>
  /** Steps that ask for less than another, to be tried in its place when a story is shortened. */
  readonly simpler: (step: Step) => ReadonlyArray<Step>
}

export interface ClusterCheckOptionsOf<Setup, Life> {
  readonly adapter: ClusterAdapterOf<Setup, Life>
  readonly setup: Setup
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

/** What one run came to. */
export interface ClusterOutcomeOf<L> {
  readonly steps: ReadonlyArray<Step>
  readonly labels: ReadonlyArray<L>
  readonly broken: ReadonlyArray<BrokenLaw>
}

interface Findings<L> {
  runs: number
  commands: number
  found: ClusterOutcomeOf<L> | undefined
  trouble: unknown
  interrupted: boolean
}

const defaultTimeoutMs = 20_000

/** Checks clusters of one protocol. Same seed, same result. */
export class ClusterChecker<L, Deed, Setup, Life extends ClusterLife<L, Deed>, Run extends JudgedRun<L, Deed, Life>> {
  private readonly game: ClusterGame<L, Deed, Setup, Life, Run>

  constructor(game: ClusterGame<L, Deed, Setup, Life, Run>) {
    this.game = game
  }

  /** Lets `runs` clusters loose. */
  async check(options: ClusterCheckOptionsOf<Setup, Life>): Promise<RoleResult<L, never>> {
    const { adapter, setup, seed } = options
    const { protocol, role, system } = this.game
    const findings = await this.runAtRandom(options)
    const shortest = findings.found && (await this.shortened(adapter, setup, findings.found))
    const shown = shortest ?? findings.found
    const divergence = shown && this.divergenceOf(adapter.name, shown)
    return {
      implementation: adapter.name,
      protocol,
      role,
      way: adapter.way,
      system: system(setup),
      seed,
      runs: findings.runs,
      commands: findings.commands,
      laws: this.outcomes(shown?.broken ?? []),
      verdict: verdictOf(findings, shortest),
      ...(divergence === undefined || shown === undefined ? {} : { divergence, steps: shown.steps }),
      ...(findings.trouble === undefined ? {} : { trouble: String(findings.trouble) })
    }
  }

  /** The same steps again, leaving out those that are not possible where they stand. */
  replay(
    adapter: ClusterAdapterOf<Setup, Life>,
    setup: Setup,
    steps: ReadonlyArray<Step>,
    timeoutMs = defaultTimeoutMs
  ): Promise<ClusterOutcomeOf<L>> {
    return this.lived(adapter, setup, [], timeoutMs, async ({ run, steps: taken }) => {
      for (const step of steps) {
        if (run.isOver) return
        const taking = takeStep(this.game.kinds, run, step)
        if (taking === undefined) continue
        taken.push(step)
        await taking
      }
    })
  }

  /** The token that shows a result's story again, if it has one. */
  token(result: RoleResult<L, never>, setup: Setup): string | undefined {
    const { protocol, role, way, implementation, divergence, steps } = result
    if (divergence === undefined || steps === undefined) return undefined
    return encodeToken({ protocol, role, way, implementation, setting: setup, steps, ...divergence.told })
  }

  private async runAtRandom(options: ClusterCheckOptionsOf<Setup, Life>): Promise<Findings<L>> {
    const { adapter, setup, seed, runs, maxCommands = 240, weights = {}, timeoutMs = defaultTimeoutMs } = options
    const findings: Findings<L> = { runs: 0, commands: 0, found: undefined, trouble: undefined, interrupted: false }
    const all = clusterCommands(this.game.kinds, maxCommands, weights)
    const property = fc.asyncProperty(all, async (commands) => {
      findings.interrupted ||= options.interrupted?.() ?? false
      fc.pre(!findings.interrupted && findings.trouble === undefined)
      const steps: Array<Step> = []
      try {
        const outcome = await this.lived(adapter, setup, steps, timeoutMs, (told) =>
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
  private async lived(
    adapter: ClusterAdapterOf<Setup, Life>,
    setup: Setup,
    steps: Array<Step>,
    timeoutMs: number,
    live: (told: Told<Run>) => Promise<void>
  ): Promise<ClusterOutcomeOf<L>> {
    const cluster = await adapter.start(setup)
    try {
      const run = this.game.begin(setup, cluster)
      const life = async (): Promise<void> => {
        await live({ run, steps })
        if (!run.isOver) await this.game.calm(run)
      }
      await inTime(life(), () => run.labels.length + steps.length, timeoutMs)
      return { steps, labels: [...run.labels], broken: run.broken }
    } finally {
      await cluster.stop()
    }
  }

  /** The shortest steps that break the same law; nothing where the very same steps do not break it again. */
  private async shortened(
    adapter: ClusterAdapterOf<Setup, Life>,
    setup: Setup,
    found: ClusterOutcomeOf<L>
  ): Promise<ClusterOutcomeOf<L> | undefined> {
    const law = found.broken[0]!.law
    const attempt = async (steps: ReadonlyArray<Step>): Promise<Shown<ClusterOutcomeOf<L>> | undefined> => {
      const outcome = await this.replay(adapter, setup, steps)
      return outcome.broken.some((broken) => broken.law === law) ? { steps: outcome.steps, shows: outcome } : undefined
    }
    const again = await attempt(found.steps)
    if (again === undefined) return undefined
    return (await minimize(again, attempt, this.game.simpler)).shows
  }

  private divergenceOf(implementation: string, { labels, steps, broken }: ClusterOutcomeOf<L>): Divergence<L, never> {
    const { role, story, laws } = this.game
    return {
      implementation,
      role,
      channels: ["laws"],
      story: story(labels),
      input: steps.at(-1)?.rule ?? "",
      expected: [],
      actual: [],
      told: {
        expected: broken.map(({ law }) => `${law}: ${laws.find(({ id }) => id === law)?.sentence ?? law}`),
        actual: broken.map(({ law, why }) => `${law}: ${why}`)
      },
      brokenLaws: broken
    }
  }

  /** Laws about waiting are judged at rest, and all others at every label. */
  private outcomes(broken: ReadonlyArray<BrokenLaw>): ReadonlyArray<LawOutcome<L>> {
    return this.game.laws.map(({ id }) => {
      const why = broken.find(({ law }) => law === id)?.why
      return why === undefined ? { id, verdict: "pass" } : { id, verdict: "fail", why }
    })
  }
}

const verdictOf = (findings: Findings<unknown>, shortest: unknown): RoleVerdict => {
  if (findings.found !== undefined) return shortest === undefined ? "nondeterministic" : "fail"
  if (findings.trouble !== undefined) return findings.trouble instanceof Hung ? "unknown" : "adapter-error"
  return findings.interrupted ? "unknown" : "pass"
}
