/** Making a story as short and as plain as it gets: whatever step is left out, the difference is gone. */
import type { Step } from "./part.ts"

/** Steps that show a difference, and what they showed. */
export interface Shown<A> {
  readonly steps: ReadonlyArray<Step>
  readonly shows: A
}

/**
 * Drops steps, many at once first and one by one in the end, as long as what is left still shows the same; then asks
 * for less in each step, and drops again.
 *
 * `attempt` runs some steps, leaving out those that are impossible without the dropped ones, and returns what was really
 * taken if it shows the same. The result is 1-minimal, and the same for the same implementation.
 */
export const minimize = async <A>(
  found: Shown<A>,
  attempt: Attempt<A>,
  simpler: (step: Step) => ReadonlyArray<Step>
): Promise<Shown<A>> => {
  const plain = await simplified(await shortened(found, attempt), attempt, simpler)
  return plain === found ? found : await shortened(plain, attempt)
}

type Attempt<A> = (steps: ReadonlyArray<Step>) => Promise<Shown<A> | undefined>

const shortened = async <A>(found: Shown<A>, attempt: Attempt<A>): Promise<Shown<A>> => {
  let best = found
  for (let size = half(best.steps.length); size >= 1; size = size === 1 ? 0 : half(size))
    for (let again = true; again; ) {
      const shorter = await withoutRuns(best, size, attempt)
      again = shorter !== best
      best = shorter
    }
  return best
}

const half = (count: number): number => Math.ceil(count / 2)

/** One pass: leaves out each run of `size` steps in turn, the latest first, because what comes late needs less. */
const withoutRuns = async <A>(found: Shown<A>, size: number, attempt: Attempt<A>): Promise<Shown<A>> => {
  let best = found
  for (let end = best.steps.length; end > 0; end = Math.min(end - size, best.steps.length)) {
    const shorter = await attempt(best.steps.toSpliced(Math.max(0, end - size), Math.min(size, end)))
    if (shorter !== undefined && shorter.steps.length < best.steps.length) best = shorter
  }
  return best
}

/** Puts simpler steps in the place of steps, each as long as one is found that does as well. */
const simplified = async <A>(
  found: Shown<A>,
  attempt: Attempt<A>,
  simpler: (step: Step) => ReadonlyArray<Step>
): Promise<Shown<A>> => {
  let best = found
  for (let at = 0; at < best.steps.length; at++)
    for (let again = true; again; ) {
      again = false
      for (const step of simpler(best.steps[at]!)) {
        const plainer = await attempt(best.steps.with(at, step))
        if (plainer === undefined || plainer.steps.length > best.steps.length) continue
        best = plainer
        again = at < best.steps.length
        break
      }
    }
  return best
}
