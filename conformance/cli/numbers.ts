/** Numbers on the command line. */
import { mostWorkers } from "../../model/explorer/team/shared.ts"
import { shown, UsageError } from "./usage-error.ts"

const whole =
  (option: string, least: number, most: number) =>
  (text: string): number => {
    const number = Number(text)
    if (/^[0-9]+$/.test(text) && number >= least && number <= most) return number
    throw new UsageError(`${option} takes a whole number from ${least} to ${most}, not "${shown(text)}"`)
  }

/** A number of runs. */
export const runsFrom = whole("--runs", 1, 1_000_000_000)

/** A limit of stored states. */
export const maxStatesFrom = whole("--max-states", 1, 1_000_000_000)

/** A limit of the state store's size in MiB. */
export const maxMemoryFrom = whole("--max-memory", 1, 1 << 20)

/** Threads that explore. */
export const workersFrom = whole("--workers", 1, mostWorkers)

/** States expanded between two checkpoints. */
export const checkpointEveryFrom = whole("--checkpoint-every", 1, 1_000_000_000)

/** A number of random walks. */
export const walksFrom = whole("--walks", 1, 1_000_000_000)

/** The longest that a walk may be. */
export const stepsFrom = whole("--steps", 1, 1_000_000)

/** A number of rounds. */
export const roundsFrom = whole("--rounds", 1, 1_000_000)

/** The number of a round. */
export const fromRoundFrom = whole("--from", 0, 1_000_000_000)

/** A seed, as wide as the generator's. */
export const seedFrom = whole("--seed", 0, 2 ** 31 - 1)

/** The seed of whoever names none: the same every time, so that two people see the same. */
export const defaultSeed = 1
