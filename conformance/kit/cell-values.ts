/** The values of cells as small integers, so that a state that was seen before costs nothing. */
import { Interner } from "../../model/explorer/intern.ts"
import { type Cell, isView, type Read } from "../../model/kernel/cell.ts"

/** One key for two numbers; tables are dropped long before either reaches this. */
const span = 2 ** 26
export const keyOf = (a: number, b: number): number => a * span + b

/** A cell whose values and operations are numbers, and what each operation makes of each value. */
class CellTable {
  readonly values: Interner
  readonly ops: Interner
  private readonly cell: Cell<unknown, unknown>
  private readonly applied = new Map<number, number>()

  constructor(cell: Cell<unknown, unknown>) {
    this.cell = cell
    this.values = new Interner(`cell ${cell.name}`)
    this.ops = new Interner(`an operation on cell ${cell.name}`)
  }

  apply(value: number, op: number): number {
    const key = keyOf(value, op)
    const known = this.applied.get(key)
    if (known !== undefined) return known
    const next = this.values.number(this.cell.apply(this.values.value(value), this.ops.value(op)))
    this.applied.set(key, next)
    return next
  }
}

/** What a rule reads of a state, as a number. */
class ReadTable {
  readonly cell: number
  private readonly read: Read<unknown>
  private readonly values: Interner
  /** What a view shows, as numbers of its own: a rule that reads a head is not asked again for every queue behind it. */
  private readonly seen: Interner
  private readonly numbers: Array<number | undefined> = []

  constructor(read: Read<unknown>, cell: number, values: Interner) {
    this.read = read
    this.cell = cell
    this.values = values
    this.seen = isView(read) ? new Interner(`view ${read.name}`) : values
  }

  number(value: number): number {
    if (!isView(this.read)) return value
    const known = this.numbers[value]
    if (known !== undefined) return known
    const number = this.seen.number(this.read.of(this.values.value(value)))
    this.numbers[value] = number
    return number
  }

  value(number: number): unknown {
    return this.seen.value(number)
  }
}

/** The cells of a system. A state's cells are one number for each. */
export class CellValues {
  readonly initial: ReadonlyArray<number>
  private readonly tables: ReadonlyArray<CellTable>
  private readonly positions: ReadonlyMap<unknown, number>

  constructor(cells: ReadonlyArray<Cell<unknown, unknown>>) {
    this.tables = cells.map((cell) => new CellTable(cell))
    this.positions = new Map(cells.map((cell, position) => [cell, position]))
    this.initial = cells.map((cell, position) => this.tables[position]!.values.number(cell.init))
  }

  /** The operation as a pair of numbers, its cell first. */
  write(cell: Cell<unknown, unknown>, op: unknown): readonly [number, number] {
    const position = this.position(cell)
    return [position, this.tables[position]!.ops.number(op)]
  }

  reader(read: Read<unknown>): ReadTable {
    const position = this.position(isView(read) ? read.cell : read)
    return new ReadTable(read, position, this.tables[position]!.values)
  }

  after(cells: ReadonlyArray<number>, writes: ReadonlyArray<readonly [number, number]>): ReadonlyArray<number> {
    const next = cells.slice()
    for (const [cell, op] of writes) next[cell] = this.tables[cell]!.apply(next[cell]!, op)
    return next
  }

  /** What these cells hold, by which a state is known wherever and whenever it is met. */
  told(cells: ReadonlyArray<number>): string {
    return JSON.stringify(cells.map((value, position) => this.tables[position]!.values.value(value)))
  }

  private position(cell: Cell<unknown, unknown>): number {
    const position = this.positions.get(cell)
    if (position === undefined) throw new TypeError(`cell ${cell.name} is not among the system's cells`)
    return position
  }
}
