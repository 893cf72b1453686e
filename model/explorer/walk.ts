/** Random walks: for systems too large to explore. What they find is real, and what they do not find is unknown. */
import type { System } from "../kernel/system.ts"
import { compile } from "./compile.ts"
import { Fault, ModelError, type StoryStep } from "./errors.ts"
import type { Exploration } from "./exploration.ts"
import { lookAround } from "./look-around.ts"
import { absent } from "./pairs.ts"
import { Stories } from "./path.ts"
import { Rows } from "./rows.ts"
import type { Walked } from "./walked.ts"
import { Walker } from "./walker.ts"
import { walkOnce, wander } from "./wander.ts"

/** How many walks are taken, how long, and from which seed. */
export interface WalkOptions {
  readonly walks: number
  /** The longest that a walk may be. It ends before that where nothing is enabled. */
  readonly steps: number
  readonly seed: number
  /** States that are looked around from: those of the first walks, until there are so many. */
  readonly lookAround?: number
  /** Asked before each walk; no further one begins once it says yes. */
  readonly interrupted?: () => boolean
  /** A clock in milliseconds. */
  readonly now?: () => number
}

const defaultLookAround = 1 << 16

/**
 * Walks through `system` at random. Laws are judged on every step taken.
 *
 * Afterwards states that were trodden are explored breadth first and by themselves: those of the first walks, and of the walks
 * that found something. So every story is the shortest that they allow, and from them laws are judged on every step, taken or
 * not. Where nothing is found the verdict is `unknown`.
 */
export const walk = <L>(system: System<L>, options: WalkOptions): Exploration<L> => {
  const started = options.now?.()
  const told = tellWalks(system, options, wanderedAlone(system, options))
  if (started === undefined || options.now === undefined) return told
  return { ...told, stats: { ...told.stats, millis: options.now() - started } }
}

const wanderedAlone = <L>(system: System<L>, options: WalkOptions): Walked => {
  try {
    return wander(system, options, upTo(options.walks), options.interrupted)
  } catch (thrown) {
    throw thrown instanceof Fault ? new ModelError(thrown, []) : thrown
  }
}

function* upTo(end: number): Generator<number> {
  for (let number = 0; number < end; number++) yield number
}

/** Takes the walks that are worth it once more, and looks around there. Throws `ModelError` where a walk failed. */
export const tellWalks = <L>(system: System<L>, options: WalkOptions, walked: Walked): Exploration<L> => {
  const compiled = compile(system)
  const trodden = new Rows(compiled.width)
  const stories = new Stories(compiled, trodden)
  let story: Array<StoryStep<L>> = []
  const walker = new Walker(compiled, {
    took: (rule, list) => {
      story.push(stories.step(rule, list))
    },
    heard: () => undefined,
    stands: (row) => {
      trodden.add(row, 0, absent)
    }
  })
  const again = (number: number): void => {
    story = []
    try {
      walkOnce(walker, options, number)
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown
      const rule = system.rules[walker.firing]
      throw new ModelError(thrown, rule === undefined ? story : story.slice(0, -1), rule?.name)
    }
  }
  if (walked.failed !== undefined) again(walked.failed)
  const limit = options.lookAround ?? defaultLookAround
  for (let number = 0; number < walked.walks && trodden.count < limit; number++) again(number)
  for (const { soonest } of walked.laws) if (soonest !== undefined) again(soonest.walk)
  const found = lookAround(compiled, trodden)
  return {
    ...found,
    stoppedBecause: walked.walks < options.walks ? "interrupted" : "walked",
    neverFired: found.neverFired.filter(
      (name) => walked.rules[system.rules.findIndex((rule) => rule.name === name)]!.taken === 0
    ),
    walked
  }
}
