/** `step` laws, judged once per pair of observations and list of labels. */
import type { StepLaw } from "../../spec/law.ts"
import type { System } from "../kernel/system.ts"
import { observed } from "./checked.ts"
import { blaming } from "./errors.ts"
import type { Footprint, Footprints } from "./footprint.ts"
import type { Interner } from "./intern.ts"
import { absent, PairNumbers, Pairs } from "./pairs.ts"
import type { Mark } from "./tables.ts"

/** One `step` law with its observations before and after a firing. */
interface StepTable<L> {
  readonly index: number
  readonly law: StepLaw<L>
  readonly before: Footprint
  readonly after: Footprint
  readonly pairs: PairNumbers
  /** From a pair and a label list to a position in `marks`. */
  readonly judged: Pairs
}

/**
 * All `step` laws of a system.
 *
 * A firing is one step, however many labels it has: each label is judged between the observables before the firing and
 * those after it.
 */
export class StepLaws<L> {
  calls = 0
  private readonly before: Footprints
  private readonly after: Footprints
  private readonly lists: Interner
  private readonly laws: ReadonlyArray<StepTable<L>>
  private readonly marks: Array<Mark | undefined> = [undefined]

  constructor(system: System<L>, before: Footprints, after: Footprints, lists: Interner) {
    this.before = before
    this.after = after
    this.lists = lists
    this.laws = system.laws.flatMap((law, index) => {
      if (law.modality !== "step") return []
      const reads = observed(system, law)
      return [
        { index, law, before: before.of(reads), after: after.of(reads), pairs: new PairNumbers(), judged: new Pairs() }
      ]
    })
  }

  get none(): boolean {
    return this.laws.length === 0
  }

  get viewCalls(): number {
    return this.after.viewCalls
  }

  /** What these laws say of a step from the state read last in `before` to the row at `base`, with these labels. */
  judge(row: Int32Array, base: number, list: number, say: (mark: Mark) => void): void {
    this.after.read(row, base)
    for (const table of this.laws) {
      const pair = table.pairs.number(this.before.values[table.before.place]!, this.after.values[table.after.place]!)
      const known = table.judged.get(pair, list)
      const mark = this.marks[known === absent ? this.learn(table, pair, list) : known]
      if (mark !== undefined) say(mark)
    }
  }

  private learn(table: StepTable<L>, pair: number, list: number): number {
    const { law, index } = table
    const before = this.before.found(table.before)
    const after = this.after.found(table.after)
    let position = 0
    for (const label of this.lists.value(list) as ReadonlyArray<L>) {
      this.calls++
      const why = blaming(
        () => `law ${law.id}`,
        () => law.breaks(before, label, after)
      )
      if (why === undefined) continue
      position = this.marks.push({ law: index, why }) - 1
      break
    }
    table.judged.set(pair, list, position)
    return position
  }
}
