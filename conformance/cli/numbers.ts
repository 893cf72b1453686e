/** Numbers on the command line. */
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

/** A seed, as wide as the generator's. */
export const seedFrom = whole("--seed", 0, 2 ** 31 - 1)

/** The seed of whoever names none: the same every time, so that two people see the same. */
export const defaultSeed = 1
