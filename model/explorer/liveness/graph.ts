/** A graph whose steps carry rules: what is left of a system once only liveness is asked about. */
import type { Fairness } from "../../kernel/system.ts"

/** The steps from state `s` stand from `starts[s]` to before `starts[s + 1]`. A target that is no state of the graph is negative. */
export interface Graph {
  readonly starts: Int32Array
  readonly targets: Int32Array
  readonly rules: Int32Array
  /** How fair the rule at each position is. */
  readonly fairness: ReadonlyArray<Fairness>
}

/** A graph in the making: steps are given in the order of the states that they leave. */
export class GraphBuilder {
  private readonly starts: Int32Array
  private targets = new Int32Array(1 << 12)
  private rules = new Int32Array(1 << 12)
  private count = 0
  /** States below this one have their start. */
  private open = 0

  constructor(states: number) {
    this.starts = new Int32Array(states + 1)
  }

  step(from: number, to: number, rule: number): void {
    while (this.open <= from) this.starts[this.open++] = this.count
    if (this.count === this.targets.length) {
      this.targets = doubled(this.targets)
      this.rules = doubled(this.rules)
    }
    this.targets[this.count] = to
    this.rules[this.count++] = rule
  }

  done(fairness: ReadonlyArray<Fairness>): Graph {
    while (this.open < this.starts.length) this.starts[this.open++] = this.count
    const { starts, targets, rules } = this
    return { starts, targets, rules, fairness }
  }
}

const doubled = (array: Int32Array): Int32Array<ArrayBuffer> => {
  const copy = new Int32Array(array.length * 2)
  copy.set(array)
  return copy
}
