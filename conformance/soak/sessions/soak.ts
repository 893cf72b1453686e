/** Many rounds: lives of clusters, some at a time, and what came of them together. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Fence } from "../../adapters/sessions-processes.ts"
import { judging } from "./judged.ts"
import { type Life, live, type RoundResult } from "./life.ts"
import { planOf } from "./plan.ts"
import { storyOf } from "./story.ts"

/** How many rounds one cluster lives through: enough to make little of its start, and not more to read when one goes wrong. */
export const roundsOfLife = 10

/** Clusters that live at the same time. Each waits often: for pauses of its coordinator and for processes that start. */
const lanes = 2

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

const nothingYet: Soak = { rounds: [], labels: 0, refusals: 0, laws: judging.length, failures: [], troubles: [] }

/** Runs rounds until they are done, somebody does not want to wait any more, or too much went wrong to go on. */
export const soak = async (options: SoakOptions): Promise<Soak> => {
  const { from, rounds, interrupted = () => false, progress = () => {} } = options
  let done = nothingYet
  let next = 0
  const wrong = (): number => new Set([...done.failures, ...done.troubles].map(({ directory }) => directory)).size
  const isOver = (): boolean => next >= rounds || interrupted() || wrong() >= mostWrongLives
  const lane = async (): Promise<void> => {
    while (!isOver()) {
      const own = Array.from({ length: Math.min(roundsOfLife, rounds - next) }, (_, k) => from + next + k)
      next += own.length
      const lived = await life(options, own)
      done = added(done, lived)
      progress(done)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return { ...done, rounds: done.rounds.toSorted((one, other) => one.round - other.round) }
}

/** What came of one life: what was seen of it, or why nothing could be. */
interface Lived {
  readonly life?: Life
  readonly failures: ReadonlyArray<Failure>
  readonly troubles: ReadonlyArray<Trouble>
}

const life = async (
  { seed, fence, directory: parent, interrupted }: SoakOptions,
  rounds: ReadonlyArray<number>
): Promise<Lived> => {
  const directory = join(parent, `seed-${seed}-rounds-${rounds[0]}-${rounds.at(-1)}`)
  mkdirSync(directory, { recursive: true })
  try {
    const life = await live({ directory, seed, rounds, fence })
    const failures = failuresOf(life)
    if (failures.length === 0) rmSync(directory, { recursive: true })
    else keep(life, seed, failures)
    return { life, failures, troubles: [] }
  } catch (error) {
    // Whoever presses Ctrl-C ends the processes as well.
    if (interrupted?.() === true) return { failures: [], troubles: [] }
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    return { failures: [], troubles: [{ rounds, why, directory }] }
  }
}

const added = (done: Soak, { life, failures, troubles }: Lived): Soak => {
  const labels = life?.labels ?? []
  return {
    ...done,
    rounds: [...done.rounds, ...(life?.rounds ?? [])],
    labels: done.labels + labels.length,
    refusals: done.refusals + labels.filter(isRefusal).length,
    failures: [...done.failures, ...failures],
    troubles: [...done.troubles, ...troubles]
  }
}

const isRefusal = (label: ClusterLabel): boolean =>
  label._tag === "CommitRefused" || ("reason" in label && label.reason !== null)

const failuresOf = (life: Life): ReadonlyArray<Failure> => {
  const { directory, rounds, labels, breaches } = life
  const fail = (round: number, what: string, why: string, at: number): Failure => {
    const story = storyOf(life, at, planOf(0, round).tablet)
    return { round, what, why, story, directory }
  }
  const seen = rounds.flatMap(({ round, complaints }) =>
    complaints.map((why) => fail(round, "a client", why, labels.length))
  )
  const broken = breaches.map(({ law, why, at }) => fail(roundAt(life, at), law, why, at))
  return [...broken, ...seen]
}

/** The round that a place in a history belongs to: the last one whose clients have asked for anything before it. */
const roundAt = ({ labels, rounds }: Life, at: number): number => {
  const asked = labels.slice(0, at + 1).findLast((label) => label._tag === "RequestBegan")
  const own = rounds.find(({ round }) => asked?._tag === "RequestBegan" && asked.tablet === planOf(0, round).tablet)
  return own?.round ?? rounds[0]?.round ?? 0
}

/** What there is to read beside the journals themselves. */
const keep = ({ directory, labels, rounds }: Life, seed: number, failures: ReadonlyArray<Failure>): void => {
  const plans = rounds.map(({ round }) => planOf(seed, round))
  writeFileSync(join(directory, "plans.json"), `${JSON.stringify(plans, null, 2)}\n`)
  writeFileSync(join(directory, "history.ndjson"), labels.map((label) => `${JSON.stringify(label)}\n`).join(""))
  const stories = failures.map(({ round, what, why, story }) =>
    [`round ${round}: ${what}: ${why}`, ...story].join("\n  ")
  )
  writeFileSync(join(directory, "failures.txt"), `${stories.join("\n\n")}\n`)
}
