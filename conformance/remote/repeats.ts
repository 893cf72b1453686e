/** Whether the same inputs lead to the same outputs: for one walk in a hundred, and from one life to the next. */
import type { Reaction } from "../kit/role-under-test.ts"
import { same } from "../kit/same.ts"
import type { Finding } from "./remote-result.ts"
import type { RemoteRole } from "./remote-role.ts"
import type { TraceRunner } from "./trace-runner.ts"
import type { Transcript } from "./transcript.ts"

/** One walk in so many is taken twice. */
const oneIn = 100

const mostExamples = 20

export class Repeats<L, I, O, V> {
  private readonly runner: TraceRunner<L, I, O, V>
  private readonly isLast: RemoteRole<L, I, O, V>["isLast"]
  private readonly promised: boolean
  private walks = 0
  private last: ReadonlyArray<I> | undefined
  private taken = 0
  /** Walks that nobody died of and that were answered to their end, to be compared with. */
  readonly examples: Array<Transcript<I, O, V>> = []
  private difference: string | undefined
  private leak: string | undefined

  constructor(runner: TraceRunner<L, I, O, V>, { isLast }: Pick<RemoteRole<L, I, O, V>, "isLast">, promised: boolean) {
    this.runner = runner
    this.isLast = isLast
    this.promised = promised
  }

  /** Looks closer at one walk in a hundred, the second among them: something else has to have come before it. */
  async look(inputs: ReadonlyArray<I>, transcript: Transcript<I, O, V>): Promise<void> {
    const other = this.last
    this.last = inputs
    if (this.promised && this.isExample(transcript)) this.examples.push(transcript)
    if (!this.promised || this.walks++ % oneIn !== 1 || other === undefined) return
    const again = await this.runner.run(inputs)
    this.taken++
    this.difference ??= differenceOf(transcript, again)
    // Something else in between: what is left of it would show.
    await this.runner.run(other)
    const third = await this.runner.run(inputs)
    this.leak ??= differenceOf(transcript, third)
    // Who is asked in another way is asked the same.
    const singly = await this.runner.run(inputs, () => [], "one by one")
    this.difference ??= differenceOf(transcript, singly)
  }

  private isExample({ inputs, reactions }: Transcript<I, O, V>): boolean {
    return (
      this.examples.length < mostExamples &&
      reactions.length === inputs.length &&
      reactions.every(({ outputs, doubt }) => doubt === undefined && !outputs.some(this.isLast))
    )
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
export const differenceOf = <I, O, V>(one: Transcript<I, O, V>, other: Transcript<I, O, V>): string | undefined => {
  if ([...one.reactions, ...other.reactions].some(({ doubt }) => doubt !== undefined)) return undefined
  const at = one.reactions.findIndex((reaction, at) => differs(reaction, other.reactions[at]))
  if (at < 0) return undefined
  const [first, second] = [one, other].map(({ reactions }) => reactions[at])
  const isShown = second !== undefined && same(first?.outputs, second.outputs)
  const [before, after] = [first, second].map((reaction) =>
    JSON.stringify((isShown ? reaction?.observed : reaction?.outputs) ?? "nothing")
  )
  const led = isShown ? "was followed by state" : "led to"
  return `input ${at + 1}, ${JSON.stringify(one.inputs[at])}, ${led} ${before} and then ${isShown ? "by" : "to"} ${after}`
}

/** A state that nobody could see in one of two cases says nothing. */
const differs = <O, V>(one: Reaction<O, V>, other: Reaction<O, V> | undefined): boolean =>
  other === undefined ||
  !same(one.outputs, other.outputs) ||
  (one.observed !== undefined && other.observed !== undefined && !same(one.observed, other.observed))
