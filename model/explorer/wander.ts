/** Taking walks, one after the other, and counting what happens on them. */
import type { System } from "../kernel/system.ts"
import { type Compiled, compile } from "./compile.ts"
import { Fault } from "./errors.ts"
import { chance } from "./random.ts"
import { type Heard, sooner, type Walked } from "./walked.ts"
import { type Companion, Walker } from "./walker.ts"

/** How to walk. */
export interface Way {
  /** The longest that a walk may be. It ends before that where nothing is enabled. */
  readonly steps: number
  readonly seed: number
}

/** What tables may have learnt, in values, before they are thrown away: each costs about a kilobyte. */
const mostLearnt = 1 << 20

/** A walker as patient as this many times four is at most a thousand times slower to let a client or a fault come in between. */
const tempers = 6

/**
 * Takes the walk with this number. Answers whether nothing was enabled in the end.
 *
 * Walks differ in temper: some take whatever is enabled, others leave the protocol to itself for most of the time, so that
 * they come far before the first fault. Both the temper and the steps depend on the seed and the number alone.
 */
export const walkOnce = <L>(walker: Walker<L>, { seed, steps }: Way, number: number): boolean => {
  const draw = chance(seed, number)
  return walker.once(draw, steps, 4 ** draw(tempers))
}

/** Walks until the numbers are used up or somebody says stop, which is asked before each walk but the first. */
export const wander = <L>(
  system: System<L>,
  way: Way,
  numbers: Iterable<number>,
  stopped: () => boolean = () => false,
  most = mostLearnt
): Walked => {
  const diary = new Diary(system.rules.length, system.laws.length)
  let compiled = compile(system)
  let walker = new Walker(compiled, diary)
  for (const number of numbers) {
    if (diary.walks > 0 && stopped()) break
    if (learnt(compiled) > most) {
      compiled = compile(system)
      walker = new Walker(compiled, diary)
    }
    diary.begin(number)
    try {
      diary.end(walkOnce(walker, way, number))
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown
      return { ...diary.told(), failed: number }
    }
  }
  return diary.told()
}

const learnt = <L>({ cells, memories, footprints, lists }: Compiled<L>): number => {
  let values = lists.size
  for (const table of cells) values += table.values.size + table.ops.size
  for (const table of memories) values += table.values.size
  for (const { numbers } of footprints.tuples) values += numbers.size / tuplesToValue
  return Math.floor(values)
}

/** A tuple takes so much less room than a value. */
const tuplesToValue = 16

/** Counts what happens on walks. */
class Diary implements Companion {
  walks = 0
  private steps = 0
  private ended = 0
  private longest = 0
  private number = 0
  private taken = 0
  private readonly rules: ReadonlyArray<Tally>
  private readonly laws: ReadonlyArray<Tally & { soonest: Heard | undefined }>

  constructor(rules: number, laws: number) {
    this.rules = Array.from({ length: rules }, newTally)
    this.laws = Array.from({ length: laws }, () => ({ ...newTally(), soonest: undefined }))
  }

  begin(number: number): void {
    this.number = number
    this.taken = 0
  }

  took(rule: number): void {
    this.taken++
    count(this.rules[rule]!, this.number)
  }

  heard(law: number): void {
    const heard = this.laws[law]!
    if (count(heard, this.number)) heard.soonest = sooner(heard.soonest, { walk: this.number, steps: this.taken })
  }

  end(ended: boolean): void {
    this.walks++
    this.steps += this.taken
    if (ended) this.ended++
    this.longest = Math.max(this.longest, this.taken)
  }

  told(): Walked {
    const { walks, steps, ended, longest } = this
    return {
      walks,
      steps,
      ended,
      longest,
      rules: this.rules.map(({ times, walks }) => ({ taken: times, walks })),
      laws: this.laws.map(({ walks, soonest }) => ({ walks, ...(soonest === undefined ? {} : { soonest }) }))
    }
  }
}

/** How often something happened, on how many walks, and on which one last. */
interface Tally {
  times: number
  walks: number
  last: number
}

const newTally = (): Tally => ({ times: 0, walks: 0, last: -1 })

/** Counts something on a walk, and answers whether it is the first time there. */
const count = (tally: Tally, walk: number): boolean => {
  tally.times++
  if (tally.last === walk) return false
  tally.last = walk
  tally.walks++
  return true
}
