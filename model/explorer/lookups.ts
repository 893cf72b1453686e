/** Lookups: what becomes of the cells that a footprint does not hold, learnt once and kept in columns. */
import { Columns } from "./columns.ts"
import type { Compiled } from "./compile.ts"
import type { Layout } from "./layout.ts"
import { absent, Pairs } from "./pairs.ts"

/** Several operations on one cell in one firing, as one. */
class Chains {
  readonly results = new Pairs()
  readonly ops: Array<ReadonlyArray<number>> = []
  private readonly numbers = new Map<string, number>()

  number(ops: ReadonlyArray<number>): number {
    const known = this.numbers.get(ops.join())
    if (known !== undefined) return known
    this.numbers.set(ops.join(), this.ops.length)
    return this.ops.push(ops) - 1
  }
}

/** The tables that lookups ask, and the columns with what they said. */
export class Lookups<L> {
  readonly columns: Columns
  private readonly compiled: Compiled<L>
  private readonly chains: ReadonlyArray<Chains>
  /** For each cell the results of its operations, for each memory those of label lists, for each cell those of chains. */
  private readonly tables: ReadonlyArray<Pairs>

  constructor(compiled: Compiled<L>, layout: Layout) {
    const { cells, memories } = compiled
    this.compiled = compiled
    this.columns = new Columns(layout)
    this.chains = cells.map(() => new Chains())
    this.tables = [
      ...cells.map((table) => table.applied),
      ...memories.map((table) => table.fed),
      ...this.chains.map((chains) => chains.results)
    ]
    this.reserve()
  }

  /** Whether rows may hold values that columns have no place for. */
  get outgrown(): boolean {
    return this.columns.outgrown(this.compiled.sizes())
  }

  /** Makes sure that columns have a place for whatever a row may hold. */
  reserve(): void {
    if (this.outgrown) this.columns.makeRoom(this.compiled.sizes(), (table) => this.tables[table]!.size)
  }

  /** The column that says what operations make of a cell. */
  ofCell(cell: number, ops: ReadonlyArray<number>): number {
    const { cells, memories } = this.compiled
    if (ops.length === 1) return this.column(cell, cell, ops[0]!)
    return this.column(cells.length + memories.length + cell, cell, this.chains[cell]!.number(ops))
  }

  /** The column that says what a list of labels makes of the memory that stands at `place` in a row. */
  ofMemory(place: number, list: number): number {
    return this.column(place, place, list)
  }

  private column(table: number, cell: number, op: number): number {
    return this.columns.number({ table, cell, op }, this.tables[table]!.size)
  }

  /** What the table of a column says of a value, if it knows. */
  known(column: number, value: number): number {
    const { table, op } = this.columns.lookups[column]!
    return this.tables[table]!.get(value, op)
  }

  /** What the table of a column says of a value. It is learnt where it is not known. */
  find(column: number, value: number): number {
    const known = this.known(column, value)
    if (known !== absent) return known
    const { table, cell, op } = this.columns.lookups[column]!
    const { cells, memories } = this.compiled
    if (table < cells.length) return cells[cell]!.apply(value, op)
    if (table < cells.length + memories.length) return memories[cell - cells.length]!.feed(value, op)
    const { results, ops } = this.chains[cell]!
    const next = ops[op]!.reduce((now, op) => cells[cell]!.apply(now, op), value)
    results.set(value, op, next)
    return next
  }
}
