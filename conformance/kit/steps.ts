/** Steps by identity: what the environment chose, so that a story can be told again without indices. */
import type { Part, Step } from "./part.ts"
import type { PartGraph, PartMove, PartNode } from "./stage.ts"

/** Finds moves by what was chosen. It remembers texts, so one finder serves many runs over the same graph. */
export class StepFinder<L, I, O, V> {
  private readonly graph: PartGraph<L, I, O, V>
  private readonly part: Part<L, I, O, V>
  private readonly texts = new WeakMap<PartMove<L, I, O, V>, string>()

  constructor(graph: PartGraph<L, I, O, V>, part: Part<L, I, O, V>) {
    this.graph = graph
    this.part = part
  }

  step(move: PartMove<L, I, O, V>): Step {
    return { rule: move.rule, choice: this.part.choice(move.labels) }
  }

  /**
   * The move of this step in a state, if it is possible there.
   *
   * Where none has exactly this choice, the first that differs only in what counts earlier events stands for it.
   */
  find(node: PartNode<L, I, O, V>, step: Step): PartMove<L, I, O, V> | undefined {
    const rule = this.graph.rules.indexOf(step.rule)
    if (rule < 0) return undefined
    const moves = this.graph.moves(node, rule)
    const wanted = JSON.stringify(step.choice)
    const exact = moves.find((move) => this.text(move) === wanted)
    if (exact !== undefined) return exact
    const loosely = this.loosely(step.choice)
    return moves.find((move) => this.loosely(this.part.choice(move.labels)) === loosely)
  }

  private text(move: PartMove<L, I, O, V>): string {
    const known = this.texts.get(move)
    if (known !== undefined) return known
    const text = JSON.stringify(this.part.choice(move.labels))
    this.texts.set(move, text)
    return text
  }

  private loosely(choice: unknown): string {
    return JSON.stringify(choice, (name, value: unknown) => (this.part.renumbered.has(name) ? undefined : value))
  }
}
