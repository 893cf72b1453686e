/** One concrete sequence of steps, against one implementation. */
import { Diverged, type Divergence } from "./divergence.ts"
import { inTime } from "./in-time.ts"
import type { Step } from "./part.ts"
import type { Stage } from "./stage.ts"
import type { StepFinder } from "./steps.ts"
import { Walk } from "./walk.ts"

/** How a sequence went. `steps` are those that were taken. */
export type Lockstep<L, O> =
  | { readonly _tag: "Agreed"; readonly steps: ReadonlyArray<Step> }
  | { readonly _tag: "Diverged"; readonly steps: ReadonlyArray<Step>; readonly divergence: Divergence<L, O> }
  /** The model does not allow this step here. */
  | { readonly _tag: "Impossible"; readonly steps: ReadonlyArray<Step>; readonly step: Step }
  /** The adapter failed or did not answer, so nothing is known of the implementation. */
  | { readonly _tag: "Trouble"; readonly steps: ReadonlyArray<Step>; readonly error: unknown }

/** How patient a replay is. */
export interface LockstepOptions {
  /** How long one reaction may take. */
  readonly timeoutMs?: number
  /** Whether to go on behind a step that is impossible where it stands. */
  readonly skipImpossible?: boolean
}

export const defaultTimeoutMs = 10_000

/** Runs a sequence of steps and compares after each. */
export const lockstep = async <L, I, O, V>(
  stage: Stage<L, I, O, V>,
  finder: StepFinder<L, I, O, V>,
  steps: ReadonlyArray<Step>,
  { timeoutMs = defaultTimeoutMs, skipImpossible = false }: LockstepOptions = {}
): Promise<Lockstep<L, O>> => {
  const walk = new Walk(stage)
  const taken = (): ReadonlyArray<Step> => walk.chosen.map((move) => finder.step(move))
  const run = async (): Promise<Step | undefined> => {
    await walk.begin()
    for (const step of steps) {
      const move = finder.find(walk.node, step)
      if (move !== undefined) await walk.take(move)
      else if (!skipImpossible) return step
    }
    return undefined
  }
  try {
    const impossible = await inTime(run(), () => walk.chosen.length, timeoutMs)
    if (impossible !== undefined) return { _tag: "Impossible", steps: taken(), step: impossible }
    return { _tag: "Agreed", steps: taken() }
  } catch (error) {
    if (error instanceof Diverged) return { _tag: "Diverged", steps: taken(), divergence: error.divergence }
    return { _tag: "Trouble", steps: taken(), error }
  } finally {
    await endQuietly(walk, timeoutMs)
  }
}

/** Lets an implementation go that may be past answering: how it ends says nothing about how it ran. */
export const endQuietly = async <L, I, O, V>(walk: Walk<L, I, O, V>, timeoutMs: number): Promise<void> => {
  const ending = walk.end()
  if (ending === undefined) return
  await inTime(ending, () => 0, timeoutMs).catch(() => undefined)
}
