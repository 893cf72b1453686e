/** Stories: how a state was reached, told from the parents and the tables. */
import type { Compiled } from "./compile.ts"
import type { StoryStep } from "./errors.ts"
import { Reached, type Store } from "./reached.ts"

/** Tells shortest stories. The state store holds parents only; what happened between two states is computed again. */
export class Stories<L> {
  private readonly compiled: Compiled<L>
  private readonly visited: Store

  constructor(compiled: Compiled<L>, visited: Store) {
    this.compiled = compiled
    this.visited = visited
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
    let found: StoryStep<L> | undefined
    new Reached(this.compiled, this.visited).steps(parent, parent + 1, (_, to, by, list) => {
      if (to === child && (rule === undefined || rule === by)) found ??= this.step(by, list)
    })
    if (found === undefined) throw new Error("a state is not among its parent's successors")
    return found
  }
}
