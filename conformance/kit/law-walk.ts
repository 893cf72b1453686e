/** Whether an implementation obeys the laws, whatever its design: random walks in which no model takes part. */
import { type Chance, chance } from "../../model/explorer/random.ts"
import type { Law } from "../../spec/law.ts"
import { type BrokenLaw, LawMemories } from "./law-memories.ts"
import { minimize, type Shown } from "./minimize.ts"
import type { Part, Step } from "./part.ts"
import type { Reaction, Seen, Session } from "./role-under-test.ts"

/** An environment that knows no model: what may be asked follows from what was seen. One for each walk. */
export interface FreeEnvironment<L, I> {
  /** Something that may be asked now. */
  next(draw: Chance): I
  /** Whether this may be asked now. */
  isSensible(input: I): boolean
  heard(labels: ReadonlyArray<L>): void
}

/** What laws are judged on, in a role. */
export interface LawGround<L, I, O, V> {
  readonly part: Pick<Part<L, I, O, V>, "simpler">
  /** What an input and its reaction look like from outside, whatever the design. */
  readonly labels: (input: I, seen: Reaction<O, V>) => ReadonlyArray<L>
  /** Whether whoever emits this is dead. */
  readonly isLast: (output: Seen<O>) => boolean
  readonly laws: ReadonlyArray<Law<L>>
  readonly environment: () => FreeEnvironment<L, I>
}

/** How many walks are taken, how long, and from which seed. */
export interface LawWalks {
  readonly seed: number
  readonly runs: number
  /** The longest walk; it ends where a law is broken, and at a death. */
  readonly maxSteps: number
  /** Asked before every walk; the walks end once it says yes. */
  readonly interrupted?: () => boolean
  readonly onStep?: (input: unknown, seen: Reaction<unknown, unknown>) => void
}

/** A law that is broken, with a story in which no step can be left out. */
export interface LawStory<L, I> extends BrokenLaw {
  readonly inputs: ReadonlyArray<I>
  readonly labels: ReadonlyArray<L>
}

type Start<I, O, V> = () => Session<I, O, V> | Promise<Session<I, O, V>>

/** Every law that some walk breaks, told when it is first seen broken: who has heard enough need not have the other walks walked. */
export async function* lawStories<L, I, O, V>(
  ground: LawGround<L, I, O, V>,
  start: Start<I, O, V>,
  { seed, runs, maxSteps, interrupted = () => false, onStep = () => undefined }: LawWalks
): AsyncGenerator<LawStory<L, I>> {
  const walker = new LawWalker(ground, start, onStep)
  const found = new Set<string>()
  for (let run = 0; run < runs && !interrupted(); run++) {
    const draw = chance(seed, run)
    const { taken, broken } = await walker.walk(maxSteps, (environment) => environment.next(draw))
    for (const shows of broken) {
      if (found.has(shows.law)) continue
      found.add(shows.law)
      yield await walker.shortest({ steps: taken.map(asStep), shows })
    }
  }
}

/** The shortest story of a law that was seen broken on another walk. It is what was seen then where nothing shorter shows it. */
export const shortenedLawStory = <L, I, O, V>(
  ground: LawGround<L, I, O, V>,
  start: Start<I, O, V>,
  inputs: ReadonlyArray<I>,
  shows: BrokenLaw
): Promise<LawStory<L, I>> =>
  new LawWalker(ground, start, () => undefined).shortest({ steps: inputs.map(asStep), shows })

/** All of these, in the order in which they are first seen broken. */
export const lawsBrokenBy = async <L, I, O, V>(
  ground: LawGround<L, I, O, V>,
  start: Start<I, O, V>,
  walks: LawWalks
): Promise<ReadonlyArray<LawStory<L, I>>> => {
  const stories: Array<LawStory<L, I>> = []
  for await (const story of lawStories(ground, start, walks)) stories.push(story)
  return stories
}

interface Walked<L, I> {
  readonly taken: ReadonlyArray<I>
  readonly labels: ReadonlyArray<L>
  /** What the last input broke. */
  readonly broken: ReadonlyArray<BrokenLaw>
}

/** The environment's choice; nothing where it would rather wait for the next step. */
type Choose<L, I> = (environment: FreeEnvironment<L, I>, step: number) => I | undefined

class LawWalker<L, I, O, V> {
  private readonly ground: LawGround<L, I, O, V>
  private readonly start: Start<I, O, V>
  private readonly onStep: NonNullable<LawWalks["onStep"]>
  private readonly memories: LawMemories<L>

  constructor(ground: LawGround<L, I, O, V>, start: Start<I, O, V>, onStep: NonNullable<LawWalks["onStep"]>) {
    this.ground = ground
    this.start = start
    this.onStep = onStep
    this.memories = new LawMemories(ground.laws)
  }

  async walk(maxSteps: number, choose: Choose<L, I>): Promise<Walked<L, I>> {
    const { ground, memories } = this
    const environment = ground.environment()
    const session = await this.start()
    const taken: Array<I> = []
    const labels: Array<L> = []
    let known = memories.initial
    let broken: ReadonlyArray<BrokenLaw> = []
    for (let step = 0; step < maxSteps && broken.length === 0; step++) {
      const input = choose(environment, step)
      if (input === undefined) continue
      const seen = await session.input(input)
      this.onStep(input, seen)
      taken.push(input)
      // What nobody knows to have happened, or to have not, is nothing that a law could be judged on.
      if (seen.doubt?.definite === false) break
      if (seen.doubt !== undefined) continue
      const now = ground.labels(input, seen)
      labels.push(...now)
      const after = memories.after(known, memories.list(now), now)
      known = after.memories
      broken = after.broken
      environment.heard(now)
      if (seen.outputs.some(ground.isLast)) break
    }
    await session.stop()
    return { taken, labels, broken }
  }

  async shortest(found: Shown<BrokenLaw>): Promise<LawStory<L, I>> {
    const { shows, steps } = await minimize(
      found,
      (steps) => this.attempt(steps, found.shows.law),
      this.ground.part.simpler
    )
    const { labels, taken } = await this.walk(steps.length, (_, step) => steps[step]?.choice as I)
    return { ...shows, labels, inputs: taken }
  }

  private async attempt(steps: ReadonlyArray<Step>, law: string): Promise<Shown<BrokenLaw> | undefined> {
    const { taken, broken } = await this.walk(steps.length, (environment, step) => {
      const input = steps[step]!.choice as I
      return environment.isSensible(input) ? input : undefined
    })
    const shows = broken.find((one) => one.law === law)
    return shows === undefined ? undefined : { steps: taken.map(asStep), shows }
  }
}

const asStep = (choice: unknown): Step => ({ rule: "input", choice })
