/** Rules as tables of integers: what each footprint lets them do. */
import type { Rule } from "../kernel/system.ts"
import { grown } from "./batch.ts"
import { blaming, Fault } from "./errors.ts"
import type { Footprint, Footprints } from "./footprint.ts"
import type { Interner } from "./intern.ts"
import { absent, Numbers } from "./pairs.ts"
import type { CellTable } from "./tables.ts"

/** A rule, its position in the system, and how often it was asked. */
interface Asked<L> {
  readonly rule: Rule<L>
  readonly position: number
}

/** All records of firings, in one array. */
export class Records {
  /** A record is a count of firings and then, for each: its rule, its label list, its count of writes, and for each write a cell and an operation. */
  numbers = new Int32Array(1 << 10)
  private used = 1

  /** Where a record of these firings now stands. The empty record stands at 0. */
  add(firings: ReadonlyArray<ReadonlyArray<number>>): number {
    if (firings.length === 0) return 0
    const record = [firings.length, ...firings.flat()]
    while (this.used + record.length > this.numbers.length) this.numbers = grown(this.numbers)
    this.numbers.set(record, this.used)
    this.used += record.length
    return this.used - record.length
  }
}

/** The rules that share one footprint, and a record of all their firings for each number of it. */
export class RuleTable<L> {
  readonly rules: ReadonlyArray<Asked<L>>
  /** On how many footprints the rules were asked. */
  keys = 0
  readonly footprint: Footprint
  private readonly footprints: Footprints
  private readonly cells: ReadonlyArray<CellTable>
  private readonly lists: Interner
  private readonly records: Records
  private readonly known = new Numbers()

  constructor(
    rules: ReadonlyArray<Asked<L>>,
    footprint: Footprint,
    footprints: Footprints,
    cells: ReadonlyArray<CellTable>,
    lists: Interner,
    records: Records
  ) {
    this.rules = rules
    this.footprint = footprint
    this.footprints = footprints
    this.cells = cells
    this.lists = lists
    this.records = records
  }

  /** Where among the footprints the number stands that the record depends on. */
  get place(): number {
    return this.footprint.place
  }

  /** Where the record of what these rules may do stands. */
  record(key: number): number {
    const known = this.known.get(key)
    return known === absent ? this.learn(key) : known
  }

  private learn(key: number): number {
    this.keys++
    const found = this.footprints.found(this.footprint)
    const record = this.records.add(this.rules.flatMap((asked) => this.ask(asked, found)))
    this.known.set(key, record)
    return record
  }

  private ask({ rule, position }: Asked<L>, found: ReadonlyArray<unknown>): ReadonlyArray<ReadonlyArray<number>> {
    const firings = blaming(
      () => `rule ${rule.name}`,
      () => rule.fire(...found)
    )
    return firings.map(({ labels, writes }) => {
      const numbers = writes.flatMap(({ cell, op }) => {
        const index = this.cells.findIndex((table) => table.cell === cell)
        if (index < 0) throw new Fault(`rule ${rule.name} writes cell ${cell.name}, which the system does not have`)
        return [index, this.cells[index]!.ops.number(op)]
      })
      return [position, this.lists.number(labels), writes.length, ...numbers]
    })
  }
}

/** Tables for all rules, those that read the same sharing one, in the order of their first rules. */
export const ruleTables = <L>(
  rules: ReadonlyArray<Rule<L>>,
  footprints: Footprints,
  cells: ReadonlyArray<CellTable>,
  lists: Interner,
  records: Records
): ReadonlyArray<RuleTable<L>> => {
  const asked = rules.map((rule, position) => ({ rule, position, footprint: footprints.of(rule.reads) }))
  const readBy = ({ reads }: Footprint): string => reads.map(({ place }) => place).join()
  return [...new Set(asked.map(({ footprint }) => readBy(footprint)))].map((reads) => {
    const sharing = asked.filter(({ footprint }) => readBy(footprint) === reads)
    return new RuleTable(sharing, sharing[0]!.footprint, footprints, cells, lists, records)
  })
}
