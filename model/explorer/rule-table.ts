/** Rules as tables of integers: what each footprint lets a rule do. */
import type { Rule } from "../kernel/system.ts"
import { blaming, Fault } from "./errors.ts"
import type { Footprint, Footprints } from "./footprint.ts"
import type { Interner } from "./intern.ts"
import { absent, Numbers } from "./pairs.ts"
import type { CellTable } from "./tables.ts"

/**
 * Every firing that any rule was ever found to have, in one array.
 *
 * A record is a count of firings and then, for each, the number of its label list, its count of writes, and a cell and
 * an operation for each write.
 */
export class Firings {
  records = new Int32Array(1 << 10)
  private used = 1

  /** Where a record of these firings now stands. The empty record stands at 0. */
  add(firings: ReadonlyArray<ReadonlyArray<number>>): number {
    if (firings.length === 0) return 0
    const numbers = [firings.length, ...firings.flat()]
    while (this.used + numbers.length > this.records.length) {
      const grown = new Int32Array(this.records.length * 2)
      grown.set(this.records)
      this.records = grown
    }
    const at = this.used
    this.records.set(numbers, at)
    this.used += numbers.length
    return at
  }
}

/** A rule and its record of firings for each footprint number. */
export class RuleTable<L> {
  readonly rule: Rule<L>
  readonly footprint: Footprint
  readonly place: number
  calls = 0
  private readonly footprints: Footprints
  private readonly cells: ReadonlyArray<CellTable>
  private readonly lists: Interner
  private readonly firings: Firings
  private readonly known = new Numbers()

  constructor(
    rule: Rule<L>,
    footprints: Footprints,
    cells: ReadonlyArray<CellTable>,
    lists: Interner,
    firings: Firings
  ) {
    this.rule = rule
    this.footprints = footprints
    this.footprint = footprints.of(rule.reads)
    this.place = this.footprint.place
    this.cells = cells
    this.lists = lists
    this.firings = firings
  }

  /** Where the record of what this rule may do now stands. */
  record(key: number): number {
    const known = this.known.get(key)
    return known === absent ? this.learn(key) : known
  }

  private learn(key: number): number {
    this.calls++
    const found = this.footprints.found(this.footprint)
    const firings = blaming(
      () => `rule ${this.rule.name}`,
      () => this.rule.fire(...found)
    )
    const record = this.firings.add(
      firings.map(({ labels, writes }) => [
        this.lists.number(labels),
        writes.length,
        ...writes.flatMap(({ cell, op }) => {
          const index = this.cells.findIndex((table) => table.cell === cell)
          if (index < 0)
            throw new Fault(`rule ${this.rule.name} writes cell ${cell.name}, which the system does not have`)
          return [index, this.cells[index]!.ops.number(op)]
        })
      ])
    )
    this.known.set(key, record)
    return record
  }
}
