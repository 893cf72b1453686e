/** The options of `explore` that say how to search, checked against each other. */
import { defaultSeed } from "./numbers.ts"
import type { Effort, Walks } from "./searches.ts"
import { UsageError } from "./usage-error.ts"

/** What somebody asked for, each number already in its range. */
export interface EffortOptions {
  readonly scope?: string
  readonly ablate?: boolean
  readonly variant: ReadonlyArray<string>
  readonly without: ReadonlyArray<string>
  readonly maxStates?: number
  readonly maxMemory?: number
  readonly workers?: number
  readonly checkpoint?: string
  readonly checkpointEvery?: number
  readonly resume?: boolean
  readonly walks?: number
  readonly steps?: number
  readonly seed?: number
}

const defaultSteps = 200
const defaultEvery = 100_000

/** The effort. Throws `UsageError` where two options contradict each other, or one needs another. */
export const effortFrom = (options: EffortOptions): Effort => {
  for (const [breach, message] of breaches(options)) if (breach) throw new UsageError(message)
  const { checkpoint: path, checkpointEvery: every = defaultEvery, maxMemory, maxStates, workers = 1 } = options
  return {
    maxStates,
    maxMemoryBytes: maxMemory === undefined ? undefined : maxMemory * 2 ** 20,
    workers,
    safety: path === undefined ? undefined : { path, every, resume: options.resume === true },
    walks: walksOf(options)
  }
}

const walksOf = ({ walks, steps = defaultSteps, seed = defaultSeed }: EffortOptions): Walks | undefined =>
  walks === undefined ? undefined : { walks, steps, seed }

const breaches = (options: EffortOptions): ReadonlyArray<readonly [breach: boolean, message: string]> => {
  const { scope, ablate, variant, without, maxStates, maxMemory, workers, checkpoint, checkpointEvery } = options
  const { resume, walks, steps, seed } = options
  const some = (...values: ReadonlyArray<unknown>): boolean => values.some((value) => value !== undefined)
  const changed = variant.length + without.length > 0
  const searching = some(maxStates, maxMemory, workers, checkpoint, walks, steps, seed, checkpointEvery, resume)
  return [
    [ablate === true && (changed || searching), "--ablate goes with --scope and --json only"],
    [checkpoint === undefined && some(resume, checkpointEvery), "--resume and --checkpoint-every need --checkpoint"],
    [some(checkpoint) && scope === undefined, "--checkpoint needs --scope: a checkpoint is of one scope"],
    [some(checkpoint) && (workers ?? 1) > 1, "--checkpoint is for one worker: leave out --workers"],
    [walks === undefined && some(steps, seed), "--steps and --seed need --walks"],
    [
      some(walks) && some(maxStates, maxMemory, checkpoint),
      "--walks goes without --max-states, --max-memory and --checkpoint"
    ]
  ]
}
