/** A fast-check command for a cluster: a kind of step, and a number that is resolved to a choice where the run then stands. */
import fc from "fast-check"
import type { Step } from "../../part.ts"
import { kinds } from "./cluster-kinds.ts"
import type { ClusterRun } from "./cluster-run.ts"

/** A run with the steps that its commands came to. */
export interface Told {
  readonly run: ClusterRun
  readonly steps: Array<Step>
}

/** Immutable; what it came to is kept by the run that it was for. */
export class ClusterCommand implements fc.AsyncCommand<Told, Told> {
  private readonly kind: number
  private readonly index: number

  constructor(kind: number, index: number) {
    this.kind = kind
    this.index = index
  }

  check({ run }: Readonly<Told>): boolean {
    return !run.isOver && this.resolve(run) !== undefined
  }

  async run({ run, steps }: Told): Promise<void> {
    const { rule, choice, taken } = this.resolve(run)!
    steps.push({ rule, choice })
    await taken()
  }

  toString(): string {
    return `${kinds[this.kind]!.rule} #${this.index}`
  }

  /** A choice of this kind, or of the next kind that has any. */
  private resolve(run: ClusterRun): (Step & { taken(): Promise<void> | undefined }) | undefined {
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
export const clusterCommands = (
  maxCommands: number,
  weights: Readonly<Record<string, number>>
): fc.Arbitrary<Iterable<fc.AsyncCommand<Told, Told>>> => {
  const drawn = kinds.flatMap(({ rule, weight }, kind) => {
    const command = fc.nat({ max: 0xffff }).map((index) => new ClusterCommand(kind, index))
    return Array.from({ length: weights[rule] ?? weight }, () => command)
  })
  return fc.commands(drawn, { maxCommands, size: "max" })
}
