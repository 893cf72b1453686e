/** What walks came through, in numbers that add up however the walks are shared out. */

/** The walk on which something was heard after the fewest steps, the first such walk among several. */
export interface Heard {
  readonly walk: number
  readonly steps: number
}

/** What is told of walks. Plain data, so that threads can hand it to each other. */
export interface Walked {
  readonly walks: number
  readonly steps: number
  /** Walks after which nothing was enabled. */
  readonly ended: number
  readonly longest: number
  /** For each rule, by position, how often it was taken, and on how many walks. */
  readonly rules: ReadonlyArray<{ readonly taken: number; readonly walks: number }>
  /** For each law, by position, on how many walks it was broken or witnessed, and on which one soonest. */
  readonly laws: ReadonlyArray<{ readonly walks: number; readonly soonest?: Heard }>
  /** The first walk on which a function of the model failed. */
  readonly failed?: number
}

/** Walks that were shared out, put together: the same whoever took which. */
export const together = (parts: ReadonlyArray<Walked>): Walked => parts.reduce(both)

const both = (one: Walked, other: Walked): Walked => {
  const failed = [one.failed, other.failed].filter((walk) => walk !== undefined)
  return {
    walks: one.walks + other.walks,
    steps: one.steps + other.steps,
    ended: one.ended + other.ended,
    longest: Math.max(one.longest, other.longest),
    rules: one.rules.map(({ taken, walks }, rule) => ({
      taken: taken + other.rules[rule]!.taken,
      walks: walks + other.rules[rule]!.walks
    })),
    laws: one.laws.map(({ walks, soonest }, law) => ({
      walks: walks + other.laws[law]!.walks,
      ...asFound(sooner(soonest, other.laws[law]!.soonest))
    })),
    ...(failed.length === 0 ? {} : { failed: Math.min(...failed) })
  }
}

const asFound = (soonest: Heard | undefined) => (soonest === undefined ? {} : { soonest })

/** Which of two was heard sooner. */
export const sooner = (one: Heard | undefined, other: Heard | undefined): Heard | undefined => {
  if (one === undefined || other === undefined) return one ?? other
  return other.steps < one.steps || (other.steps === one.steps && other.walk < one.walk) ? other : one
}
