/** Whether the same inputs lead to the same outputs: for one walk in a hundred, and from one life to the next. */
import { same } from "../kit/same.ts"
import type { Finding } from "./remote-result.ts"
import type { TraceRunner } from "./trace-runner.ts"
import type { Transcript } from "./transcript.ts"

/** One walk in so many is taken twice. */
const oneIn = 100

export class Repeats<L, I, O, V> {
  private readonly runner: TraceRunner<L, I, O, V>
  private readonly promised: boolean
  private walks = 0
  private last: ReadonlyArray<I> | undefined
  private taken = 0
  private difference: string | undefined
  private leak: string | undefined

  constructor(runner: TraceRunner<L, I, O, V>, promised: boolean) {
    this.runner = runner
    this.promised = promised
  }

  /** Looks closer at one walk in a hundred, the second among them: something else has to have come before it. */
  async look(inputs: ReadonlyArray<I>, transcript: Transcript<I, O, V>): Promise<void> {
    const other = this.last
    this.last = inputs
    if (!this.promised || this.walks++ % oneIn !== 1 || other === undefined) return
    const again = await this.runner.run(inputs)
    this.taken++
    this.difference ??= differenceOf(transcript, again)
    // Something else in between: what is left of it would show.
    await this.runner.run(other)
    const third = await this.runner.run(inputs)
    this.leak ??= differenceOf(transcript, third)
  }

  findings(): ReadonlyArray<Finding> {
    if (!this.promised)
      return notApplicable("the adapter has no capability seed, so nothing has to come out the same twice")
    if (this.taken === 0) return notApplicable("there were fewer than two walks")
    return [
      finding("determinism", this.difference, `${this.taken} walks were taken twice`),
      finding("isolation", this.leak, `${this.taken} walks were taken again behind another one`)
    ]
  }
}

const notApplicable = (why: string): ReadonlyArray<Finding> =>
  ["determinism", "isolation"].map((what) => ({ what, verdict: "not-applicable", why }))

const finding = (what: string, difference: string | undefined, done: string): Finding =>
  difference === undefined
    ? { what, verdict: "pass", why: done }
    : { what, verdict: "nondeterministic", why: difference }

/** Where two transcripts of the same inputs differ first; nothing where they do not, or nobody can know. */
const differenceOf = <I, O, V>(one: Transcript<I, O, V>, other: Transcript<I, O, V>): string | undefined => {
  if ([...one.reactions, ...other.reactions].some(({ doubt }) => doubt !== undefined)) return undefined
  const at = one.reactions.findIndex((reaction, at) => !same(reaction, other.reactions[at]))
  if (at < 0) return undefined
  const [first, second] = [one, other].map(({ reactions }) => JSON.stringify(reactions[at]?.outputs ?? "nothing"))
  return `input ${at + 1}, ${JSON.stringify(one.inputs[at])}, led to ${first} and then to ${second}`
}
