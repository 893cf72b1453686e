/** Stories with concrete names, from states that stand for all their renamings. */
import { Batch } from "../batch.ts"
import type { Compiled } from "../compile.ts"
import type { StoryStep } from "../errors.ts"
import type { Rows } from "../rows.ts"
import { deaf, Successors } from "../successors.ts"
import type { Mark } from "../tables.ts"
import { after, inverse } from "./permutations.ts"
import type { Renamer } from "./renamer.ts"

/** A concrete run: its steps, and the row in which it ends. */
export interface Concrete<L> {
  readonly story: ReadonlyArray<StoryStep<L>>
  readonly row: Int32Array
}

/** Tells how a canonical state was reached. Every edge kept the permutation that made its target canonical. */
export class OrbitStories<L> {
  private readonly compiled: Compiled<L>
  private readonly states: Rows
  /** For each state the number of the permutation that leads from what its parent's step gave to its canonical form. */
  private readonly turns: ReadonlyArray<number>
  private readonly renamer: Renamer<L>
  private readonly successors: Successors<L>

  constructor(compiled: Compiled<L>, states: Rows, turns: ReadonlyArray<number>, renamer: Renamer<L>) {
    this.compiled = compiled
    this.states = states
    this.turns = turns
    this.renamer = renamer
    this.successors = new Successors(compiled)
  }

  /** A run from the initial state to a state that is called `state` once its indices are renamed. */
  to(state: number): Concrete<L> {
    const { width, initial } = this.compiled
    const { permutations } = this.renamer
    const way: Array<number> = []
    for (let at = state; at > 0; at = this.states.parents[at]!) way.push(at)
    let back = inverse(permutations.at(this.turns[0]!))
    let row = initial
    const story: Array<StoryStep<L>> = []
    for (const next of way.reverse()) {
      back = after(back, inverse(permutations.at(this.turns[next]!)))
      const target = new Int32Array(width)
      this.states.read(next, target)
      this.renamer.rename(target.slice(), 0, permutations.number(back), target, 0)
      story.push(this.between(row, target))
      row = target
    }
    return { story, row }
  }

  /** What laws say on the steps from a row, each with its step. */
  heardFrom(row: Int32Array): ReadonlyArray<{ readonly mark: Mark; readonly step: StoryStep<L> }> {
    const heard: Array<{ readonly mark: Mark; readonly step: StoryStep<L> }> = []
    this.compiled.footprints.read(row, 0)
    this.successors.expand(row, 0, 0, new Batch(this.compiled.width, 16), {
      heard: (mark, _, rule, list) => heard.push({ mark, step: this.step(rule, list) })
    })
    return heard
  }

  private between(from: Int32Array, to: Int32Array): StoryStep<L> {
    const { width, footprints } = this.compiled
    const batch = new Batch(width, 16)
    footprints.read(from, 0)
    this.successors.expand(from, 0, 0, batch, deaf)
    for (let j = 0; j < batch.count; j++) {
      if (to.every((number, k) => batch.rows[j * width + k] === number))
        return this.step(batch.rules[j]!, batch.lists[j]!)
    }
    throw new Error("a renamed state is not among the successors of its renamed parent")
  }

  private step(rule: number, list: number): StoryStep<L> {
    const { name, actor } = this.compiled.system.rules[rule]!
    return { rule: name, actor, labels: this.compiled.lists.value(list) as ReadonlyArray<L> }
  }
}
