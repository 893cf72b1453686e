/** Successors of a state, from the tables. */
import type { Batch } from "./batch.ts"
import type { Compiled } from "./compile.ts"
import type { RuleTable } from "./rule-table.ts"
import type { CellTable, Mark, MemoryTable } from "./tables.ts"

/** Who is told what laws say about a step: from which state, by which rule, with which labels. */
export interface Listener {
  heard(mark: Mark, from: number, rule: number, list: number): void
}

/** A listener for those who have heard it all before. */
export const deaf: Listener = { heard: () => undefined }

/** Nobody fires. */
const noRule = -1

/** Computes successors: footprints first, then what the rules' records say. */
export class Successors<L> {
  /** The rule that is firing, to say so where a function of the model fails. */
  firing = noRule
  private readonly compiled: Compiled<L>
  private readonly rules: ReadonlyArray<RuleTable<L>>
  private readonly cells: ReadonlyArray<CellTable>
  private readonly memories: ReadonlyArray<MemoryTable<L>>

  constructor(compiled: Compiled<L>) {
    this.compiled = compiled
    this.rules = compiled.rules
    this.cells = compiled.cells
    this.memories = compiled.memories
  }

  /** Appends all successors of the state that was read last and whose row begins at `base`. */
  expand(rows: Int32Array, base: number, from: number, batch: Batch, listener: Listener): void {
    const { rules } = this
    const { values } = this.compiled.footprints
    for (let k = 0; k < rules.length; k++) {
      const table = rules[k]!
      const record = table.record(values[table.place]!)
      if (record !== 0) this.fire(record, rows, base, from, batch, listener)
    }
  }

  private fire(record: number, rows: Int32Array, base: number, from: number, batch: Batch, listener: Listener): void {
    const { width, records, steps } = this.compiled
    const { cells } = this
    const { numbers } = records
    let at = record + 1
    for (let left = numbers[record]!; left > 0; left--) {
      const rule = numbers[at]!
      const list = numbers[at + 1]!
      const end = at + 3 + 2 * numbers[at + 2]!
      const to = batch.next()
      const target = batch.rows
      this.firing = rule
      for (let k = 0; k < width; k++) target[to + k] = rows[base + k]!
      for (at += 3; at < end; at += 2) {
        const cell = numbers[at]!
        target[to + cell] = cells[cell]!.apply(target[to + cell]!, numbers[at + 1]!)
      }
      if (list !== 0) {
        this.feed(target, to + cells.length, list, from, rule, listener)
        if (!steps.none) steps.judge(target, to, list, (mark) => listener.heard(mark, from, rule, list))
      }
      batch.push(from, rule, list)
    }
    this.firing = noRule
  }

  private feed(target: Int32Array, to: number, list: number, from: number, rule: number, listener: Listener): void {
    const { memories } = this
    for (let k = 0; k < memories.length; k++) {
      const memory = memories[k]!
      const fed = memory.feed(target[to + k]!, list)
      if (fed >= 0) target[to + k] = fed
      else {
        const { next, marks } = memory.markedBy(fed)
        target[to + k] = next
        for (const mark of marks) listener.heard(mark, from, rule, list)
      }
    }
  }
}
