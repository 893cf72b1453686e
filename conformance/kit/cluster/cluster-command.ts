/** A fast-check command for a cluster: a kind of step, and a number that is resolved to a choice where the run then stands. */
import fc from "fast-check"
import type { Step } from "../part.ts"
import type { KindOf } from "./kind.ts"

/** A run with the steps that its commands came to. */
export interface Told<Run> {
  readonly run: Run
  readonly steps: Array<Step>
}

type Kinds<Run> = ReadonlyArray<KindOf<Run>>

/** Immutable; what it came to is kept by the run that it was for. */
class ClusterCommand<Run extends { readonly isOver: boolean }> implements fc.AsyncCommand<Told<Run>, Told<Run>> {
  private readonly kinds: Kinds<Run>
  private readonly kind: number
  private readonly index: number

  constructor(kinds: Kinds<Run>, kind: number, index: number) {
    this.kinds = kinds
    this.kind = kind
    this.index = index
  }

  check({ run }: Readonly<Told<Run>>): boolean {
    return !run.isOver && this.resolve(run) !== undefined
  }

  async run({ run, steps }: Told<Run>): Promise<void> {
    const { rule, choice, taken } = this.resolve(run)!
    steps.push({ rule, choice })
    await taken()
  }

  toString(): string {
    return `${this.kinds[this.kind]!.rule} #${this.index}`
  }

  /** A choice of this kind, or of the next kind that has any. */
  private resolve(run: Run): (Step & { taken(): Promise<void> | undefined }) | undefined {
    const { kinds } = this
    for (let step = 0; step < kinds.length; step++) {
      const kind = kinds[(this.kind + step) % kinds.length]!
      const choices = kind.choices(run)
      if (choices.length === 0) continue
      const choice = choices[this.index % choices.length]
      return { rule: kind.rule, choice, taken: () => kind.take(run, JSON.stringify(choice)) }
    }
    return undefined
  }
}

/** Sequences of up to so many commands, each kind drawn as often as its weight says, or as `weights` do by its rule. */
export const clusterCommands = <Run extends { readonly isOver: boolean }>(
  kinds: Kinds<Run>,
  maxCommands: number,
  weights: Readonly<Record<string, number>>
): fc.Arbitrary<Iterable<fc.AsyncCommand<Told<Run>, Told<Run>>>> => {
  const drawn = kinds.flatMap(({ rule, weight }, kind) => {
    const command = fc.nat({ max: 0xffff }).map((index) => new ClusterCommand(kinds, kind, index))
    return Array.from({ length: weights[rule] ?? weight }, () => command)
  })
  return fc.commands(drawn, { maxCommands, size: "max" })
}
