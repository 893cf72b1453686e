/** Stories: how a state was reached, told from the parents and the tables. */
import { Batch } from "./batch.ts"
import type { Compiled } from "./compile.ts"
import type { StoryStep } from "./errors.ts"
import { deaf, Successors } from "./successors.ts"
import type { Visited } from "./visited.ts"

/** Tells shortest stories. The state store holds parents only; what happened between two states is computed again. */
export class Stories<L> {
  private readonly compiled: Compiled<L>
  private readonly visited: Visited
  private readonly successors: Successors<L>

  constructor(compiled: Compiled<L>, visited: Visited) {
    this.compiled = compiled
    this.visited = visited
    this.successors = new Successors(compiled)
  }

  /** The story to `state` along the parents, with the first firing in the system's order where several lead on. */
  to(state: number): ReadonlyArray<StoryStep<L>> {
    const steps: Array<StoryStep<L>> = []
    for (let child = state; child > 0; child = this.visited.parents[child]!) {
      steps.push(this.between(this.visited.parents[child]!, child))
    }
    return steps.reverse()
  }

  /** A step by the rule at this position with this list of labels. */
  step(rule: number, list: number): StoryStep<L> {
    const { name, actor } = this.compiled.system.rules[rule]!
    return { rule: name, actor, labels: this.compiled.lists.value(list) as ReadonlyArray<L> }
  }

  /** The first step from `parent` to `child`, by the rule at a position where one is asked for. */
  between(parent: number, child: number, rule?: number): StoryStep<L> {
    const { width } = this.compiled
    const { rows } = this.visited
    const batch = new Batch(width, 16)
    this.compiled.footprints.read(rows, parent * width)
    this.successors.expand(rows, parent * width, parent, batch, deaf)
    for (let j = 0; j < batch.count; j++) {
      if (rule !== undefined && batch.rules[j] !== rule) continue
      let k = 0
      while (k < width && batch.rows[j * width + k] === rows[child * width + k]) k++
      if (k === width) return this.step(batch.rules[j]!, batch.lists[j]!)
    }
    throw new Error("a state is not among its parent's successors")
  }
}
