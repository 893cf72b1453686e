/** Successors of a state, from the tables. */
import type { Batch } from "./batch.ts"
import type { Compiled } from "./compile.ts"
import { Fault } from "./errors.ts"
import type { RuleTable } from "./rule-table.ts"
import type { CellTable, Mark, MemoryTable } from "./tables.ts"

/** Who is told what laws say about a step: from which state, by which rule, with which labels. */
export interface Listener {
  heard(mark: Mark, from: number, rule: number, list: number): void
}

/** A listener for those who have heard it all before. */
export const deaf: Listener = { heard: () => undefined }

/** A function of the model failed while this rule was firing. */
export class FiringFault extends Fault {
  readonly rule: string

  constructor(fault: Fault, rule: string) {
    super(fault.message, { cause: fault.cause })
    this.rule = rule
  }
}

/** Computes successors: footprints first, then what each rule's record says. */
export class Successors<L> {
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

  /** Appends all successors of the state whose row begins at `base`, rules in the system's order, to `batch`. */
  expand(rows: Int32Array, base: number, from: number, batch: Batch, listener: Listener): void {
    const { rules } = this
    const { footprints } = this.compiled
    footprints.read(rows, base)
    for (let rule = 0; rule < rules.length; rule++) {
      const table = rules[rule]!
      const record = table.record(footprints.values[table.place]!)
      if (record !== 0) this.fire(rule, record, rows, base, from, batch, listener)
    }
  }

  private fire(
    rule: number,
    record: number,
    rows: Int32Array,
    base: number,
    from: number,
    batch: Batch,
    listener: Listener
  ): void {
    const { width, firings, steps } = this.compiled
    const { cells } = this
    const { records } = firings
    let at = record + 1
    for (let left = records[record]!; left > 0; left--) {
      const list = records[at++]!
      const to = batch.next()
      const target = batch.rows
      for (let k = 0; k < width; k++) target[to + k] = rows[base + k]!
      try {
        for (let writes = records[at++]!; writes > 0; writes--) {
          const cell = records[at++]!
          target[to + cell] = cells[cell]!.apply(target[to + cell]!, records[at++]!)
        }
        if (list !== 0) {
          this.feed(target, to + cells.length, list, from, rule, listener)
          if (!steps.none) steps.judge(target, to, list, (mark) => listener.heard(mark, from, rule, list))
        }
      } catch (thrown) {
        throw thrown instanceof Fault ? new FiringFault(thrown, this.rules[rule]!.rule.name) : thrown
      }
      batch.parents[batch.count] = from
      batch.rules[batch.count] = rule
      batch.lists[batch.count] = list
      batch.count++
    }
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
