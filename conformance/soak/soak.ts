/** Many rounds: lives of clusters, some at a time, and what came of them together. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Breach } from "./judged.ts"

/** Whether nodes run with the fence that is to be judged, or with one that stops nobody. */
export type Fence = "on" | "off"

export interface LifeOptions {
  readonly directory: string
  readonly seed: number
  readonly rounds: ReadonlyArray<number>
  readonly fence: Fence
}

/** What came of one round. */
export interface RoundResult {
  readonly round: number
  /** Requests of clients and orders of the operator. */
  readonly operations: number
  readonly kills: number
  /** How often somebody was met at the place where the plan wanted them. */
  readonly met: number
  /** What clients or an operator found to be wrong, in sentences. */
  readonly complaints: ReadonlyArray<string>
  readonly seconds: number
}

/** What one cluster lived through: some rounds, and how they are judged. */
export interface Life<L> extends Pick<LifeOptions, "directory"> {
  readonly rounds: ReadonlyArray<RoundResult>
  readonly labels: ReadonlyArray<L>
  readonly breaches: ReadonlyArray<Breach>
}

/** What a protocol's soak consists of. */
export interface Soaking<L> {
  /** How many rounds one cluster lives through: enough to make little of its start, and not more to read when one goes wrong. */
  readonly roundsOfLife: number
  /** Clusters that live at the same time. Each waits often: for pauses of its coordinator and for processes that start. */
  readonly lanes: number
  /** How many laws a life is judged by. */
  readonly laws: number
  /** Runs rounds on a cluster that is started for them, and judges what happened. Throws where nothing can be said of it. */
  readonly live: (options: LifeOptions) => Promise<Life<L>>
  /** What a round was to be, as JSON. */
  readonly planOf: (seed: number, round: number) => unknown
  /** What led to a place in a history, as far as it concerns a round. */
  readonly storyOf: (life: Life<L>, at: number, round: number) => ReadonlyArray<string>
  /** The round that a place in a history belongs to. */
  readonly roundAt: (life: Life<L>, at: number) => number
  readonly isRefusal: (label: L) => boolean
}

/** Lives that may go wrong before nobody learns anything from the next. */
const mostWrongLives = 5

export interface SoakOptions {
  readonly seed: number
  /** The number of the first round. */
  readonly from: number
  readonly rounds: number
  readonly fence: Fence
  /** Where clusters keep their files. What went wrong stays there. */
  readonly directory: string
  readonly progress?: (done: Soak) => void
  readonly interrupted?: () => boolean
}

/** What is wrong with a round, why, and where that can be read in full. */
export interface Failure {
  readonly round: number
  /** A law, or what clients and operators saw by themselves. */
  readonly what: string
  readonly why: string
  readonly story: ReadonlyArray<string>
  readonly directory: string
}

/** A life of which no history is to be had: nothing is known of its rounds. */
export interface Trouble {
  readonly rounds: ReadonlyArray<number>
  readonly why: string
  readonly directory: string
}

export interface Soak {
  readonly rounds: ReadonlyArray<RoundResult>
  readonly labels: number
  readonly refusals: number
  readonly laws: number
  readonly failures: ReadonlyArray<Failure>
  readonly troubles: ReadonlyArray<Trouble>
}

/** Runs rounds until they are done, somebody does not want to wait any more, or too much went wrong to go on. */
export const soakWith = async <L>(soaking: Soaking<L>, options: SoakOptions): Promise<Soak> => {
  const { from, rounds, interrupted = () => false, progress = () => {} } = options
  const { roundsOfLife, lanes, laws } = soaking
  let done: Soak = { rounds: [], labels: 0, refusals: 0, laws, failures: [], troubles: [] }
  let next = 0
  const wrong = (): number => new Set([...done.failures, ...done.troubles].map(({ directory }) => directory)).size
  const isOver = (): boolean => next >= rounds || interrupted() || wrong() >= mostWrongLives
  const lane = async (): Promise<void> => {
    while (!isOver()) {
      const own = Array.from({ length: Math.min(roundsOfLife, rounds - next) }, (_, k) => from + next + k)
      next += own.length
      const lived = await life(soaking, options, own)
      done = added(soaking, done, lived)
      progress(done)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return { ...done, rounds: done.rounds.toSorted((one, other) => one.round - other.round) }
}

/** What came of one life: what was seen of it, or why nothing could be. */
interface Lived<L> {
  readonly life?: Life<L>
  readonly failures: ReadonlyArray<Failure>
  readonly troubles: ReadonlyArray<Trouble>
}

const life = async <L>(
  soaking: Soaking<L>,
  { seed, fence, directory: parent, interrupted }: SoakOptions,
  rounds: ReadonlyArray<number>
): Promise<Lived<L>> => {
  const directory = join(parent, `seed-${seed}-rounds-${rounds[0]}-${rounds.at(-1)}`)
  mkdirSync(directory, { recursive: true })
  try {
    const life = await soaking.live({ directory, seed, rounds, fence })
    const failures = failuresOf(soaking, life)
    if (failures.length === 0) rmSync(directory, { recursive: true })
    else keep(soaking, life, seed, failures)
    return { life, failures, troubles: [] }
  } catch (error) {
    // Whoever presses Ctrl-C ends the processes as well.
    if (interrupted?.() === true) return { failures: [], troubles: [] }
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    return { failures: [], troubles: [{ rounds, why, directory }] }
  }
}

const added = <L>(soaking: Soaking<L>, done: Soak, { life, failures, troubles }: Lived<L>): Soak => {
  const labels = life?.labels ?? []
  return {
    ...done,
    rounds: [...done.rounds, ...(life?.rounds ?? [])],
    labels: done.labels + labels.length,
    refusals: done.refusals + labels.filter(soaking.isRefusal).length,
    failures: [...done.failures, ...failures],
    troubles: [...done.troubles, ...troubles]
  }
}

const failuresOf = <L>({ storyOf, roundAt }: Soaking<L>, life: Life<L>): ReadonlyArray<Failure> => {
  const { directory, rounds, labels, breaches } = life
  const fail = (round: number, what: string, why: string, at: number): Failure => {
    const story = storyOf(life, at, round)
    return { round, what, why, story, directory }
  }
  const seen = rounds.flatMap(({ round, complaints }) =>
    complaints.map((why) => fail(round, "a client", why, labels.length))
  )
  const broken = breaches.map(({ law, why, at }) => fail(roundAt(life, at), law, why, at))
  return [...broken, ...seen]
}

/** What there is to read beside the journals themselves. */
const keep = <L>(
  { planOf }: Soaking<L>,
  { directory, labels, rounds }: Life<L>,
  seed: number,
  failures: ReadonlyArray<Failure>
): void => {
  const plans = rounds.map(({ round }) => planOf(seed, round))
  writeFileSync(join(directory, "plans.json"), `${JSON.stringify(plans, null, 2)}\n`)
  writeFileSync(join(directory, "history.ndjson"), labels.map((label) => `${JSON.stringify(label)}\n`).join(""))
  const stories = failures.map(({ round, what, why, story }) =>
    [`round ${round}: ${what}: ${why}`, ...story].join("\n  ")
  )
  writeFileSync(join(directory, "failures.txt"), `${stories.join("\n\n")}\n`)
}
