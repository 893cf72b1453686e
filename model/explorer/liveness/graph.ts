/** A graph whose steps carry rules: what is left of a system once only liveness is asked about. */
import type { Fairness } from "../../kernel/system.ts"

/**
 * The steps from state `s` stand from `starts[s]` to before `starts[s + 1]`. A target that is no state of the graph is
 * negative: such a step only says that its rule is enabled.
 */
export interface Graph {
  readonly starts: Int32Array
  readonly targets: Int32Array
  readonly rules: Uint8Array | Int32Array
  /** How fair the rule at each position is. */
  readonly fairness: ReadonlyArray<Fairness>
}

/** A graph in the making: steps are given in the order of the states that they leave. */
export class GraphBuilder {
  private readonly fairness: ReadonlyArray<Fairness>
  private readonly starts: Int32Array
  private targets = new Int32Array(1 << 12)
  private rules: Uint8Array | Int32Array
  private count = 0
  /** States below this one have their start. */
  private open = 0

  constructor(states: number, fairness: ReadonlyArray<Fairness>) {
    this.fairness = fairness
    this.starts = new Int32Array(states + 1)
    this.rules = fairness.length <= 256 ? new Uint8Array(1 << 12) : new Int32Array(1 << 12)
  }

  /** A step; `to` is negative where it leaves the graph. */
  step(from: number, to: number, rule: number): void {
    while (this.open <= from) this.starts[this.open++] = this.count
    // That an unfair rule leads out obliges nobody.
    if (to < 0 && this.fairness[rule] === "none") return
    if (this.count === this.targets.length) this.grow()
    this.targets[this.count] = to
    this.rules[this.count++] = rule
  }

  done(): Graph {
    while (this.open < this.starts.length) this.starts[this.open++] = this.count
    const { starts, targets, rules, fairness } = this
    return { starts, targets, rules, fairness }
  }

  private grow(): void {
    const length = this.count + (this.count >> 1)
    const targets = new Int32Array(length)
    const rules = this.rules instanceof Uint8Array ? new Uint8Array(length) : new Int32Array(length)
    targets.set(this.targets)
    rules.set(this.rules)
    this.targets = targets
    this.rules = rules
  }
}
