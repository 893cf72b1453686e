/** Whether an implementation obeys the laws, whatever its design: random walks in which no model takes part. */
import { chance } from "../../model/explorer/random.ts"
import { type BrokenLaw, LawMemories } from "../kit/law-memories.ts"
import { minimize, type Shown } from "../kit/minimize.ts"
import type { Step } from "../kit/part.ts"
import type { Reaction, Session } from "../kit/role-under-test.ts"
import type { RemoteRole } from "./remote-role.ts"

export interface LawWalks {
  readonly seed: number
  readonly runs: number
  /** The longest walk; it ends where a law is broken, and at a death. */
  readonly maxSteps: number
  /** Asked before every walk; the walks end once it says yes. */
  readonly interrupted: () => boolean
  readonly onStep: (input: unknown, seen: Reaction<unknown, unknown>) => void
}

/** A law that is broken, with labels in which no step can be left out. */
export interface LawStory<L> extends BrokenLaw {
  readonly labels: ReadonlyArray<L>
}

type Start<I, O, V> = () => Promise<Session<I, O, V>>

/** Every law that some walk breaks, in the order in which they are first seen broken. */
export const lawsBrokenBy = async <L, I, O, V>(
  role: RemoteRole<L, I, O, V>,
  start: Start<I, O, V>,
  { seed, runs, maxSteps, interrupted, onStep }: LawWalks
): Promise<ReadonlyArray<LawStory<L>>> => {
  const walker = new LawWalker(role, start, onStep)
  const found = new Map<string, Shown<BrokenLaw>>()
  for (let run = 0; run < runs && !interrupted(); run++) {
    const draw = chance(seed, run)
    const { taken, broken } = await walker.walk(maxSteps, (environment) => environment.next(draw))
    for (const shows of broken) if (!found.has(shows.law)) found.set(shows.law, { steps: taken.map(asStep), shows })
  }
  const stories: Array<LawStory<L>> = []
  for (const shown of found.values()) stories.push(await walker.shortest(shown))
  return stories
}

interface Walked<L, I> {
  readonly taken: ReadonlyArray<I>
  readonly labels: ReadonlyArray<L>
  /** What the last input broke. */
  readonly broken: ReadonlyArray<BrokenLaw>
}

/** The environment's choice; nothing where it would rather wait for the next step. */
type Choose<L, I> = (
  environment: ReturnType<RemoteRole<L, I, unknown, unknown>["environment"]>,
  step: number
) => I | undefined

class LawWalker<L, I, O, V> {
  private readonly role: RemoteRole<L, I, O, V>
  private readonly start: Start<I, O, V>
  private readonly onStep: LawWalks["onStep"]
  private readonly memories: LawMemories<L>

  constructor(role: RemoteRole<L, I, O, V>, start: Start<I, O, V>, onStep: LawWalks["onStep"]) {
    this.role = role
    this.start = start
    this.onStep = onStep
    this.memories = new LawMemories(role.laws)
  }

  async walk(maxSteps: number, choose: Choose<L, I>): Promise<Walked<L, I>> {
    const { role, memories } = this
    const environment = role.environment()
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
      const now = role.labels(input, seen)
      labels.push(...now)
      const after = memories.after(known, memories.list(now), now)
      known = after.memories
      broken = after.broken
      environment.heard(now)
      if (seen.outputs.some(role.isLast)) break
    }
    await session.stop()
    return { taken, labels, broken }
  }

  async shortest(found: Shown<BrokenLaw>): Promise<LawStory<L>> {
    const { shows, steps } = await minimize(
      found,
      (steps) => this.attempt(steps, found.shows.law),
      () => []
    )
    const { labels } = await this.walk(steps.length, (_, step) => steps[step]?.choice as I)
    return { ...shows, labels }
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
