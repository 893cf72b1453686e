/** Footprints: what rules and laws read of a state, as one small integer for each, every shared part computed once. */
import { isView, type Read, type View } from "../kernel/cell.ts"
import { cellOf } from "./checked.ts"
import { blaming, Fault } from "./errors.ts"
import { Interner } from "./intern.ts"
import { absent, Numbers, PairNumbers } from "./pairs.ts"
import type { CellTable } from "./tables.ts"

/** Reads, and how to number the tuple of what they find. */
export interface Footprint {
  /** Where in `Footprints.values` the number of the whole tuple stands, once the footprints are joined. */
  place: number
  readonly reads: ReadonlyArray<{ readonly place: number; readonly values: Interner }>
}

/** A view of a cell, computed once per value of the cell. */
class ViewTable {
  readonly cell: number
  readonly place: number
  readonly seen: Interner
  calls = 0
  readonly name: string
  readonly source: Interner
  readonly numbers = new Numbers()
  private readonly of: Array<(value: unknown) => unknown> = []

  constructor(name: string, cell: number, place: number, source: Interner) {
    this.name = name
    this.cell = cell
    this.place = place
    this.source = source
    this.seen = new Interner(`view ${name}`)
  }

  /** Views of one cell with one name are one view: that they agree is checked on every value. */
  also(view: View<unknown, unknown>): void {
    if (!this.of.includes(view.of)) this.of.push(view.of)
  }

  number(value: number): number {
    const known = this.numbers.get(value)
    return known === absent ? this.learn(value) : known
  }

  private learn(value: number): number {
    let number = absent
    for (const of of this.of) {
      this.calls++
      const seen = this.seen.number(
        blaming(
          () => `view ${this.name}`,
          () => of(this.source.value(value))
        )
      )
      if (number !== absent && seen !== number) throw new Fault(`two views named ${this.name} differ`)
      number = seen
    }
    this.numbers.set(value, number)
    return number
  }
}

/** A tuple in the making: the number of the pair of what stands at two places. */
class Tuple {
  readonly left: number
  readonly right: number
  readonly place: number
  readonly numbers = new PairNumbers()

  constructor(left: number, right: number, place: number) {
    this.left = left
    this.right = right
    this.place = place
  }
}

/**
 * All footprints over the same cells.
 *
 * `values` holds one integer per cell, then one per view, constant or tuple. Tuples are built from pairs, and the pair that
 * most footprints have in common is built first, so that rules that read alike share the work.
 */
export class Footprints {
  values: Int32Array
  private readonly cells: ReadonlyArray<CellTable>
  private readonly indexOf: ReadonlyMap<unknown, number>
  readonly views: Array<ViewTable> = []
  readonly tuples: Array<Tuple> = []
  /** Places of footprints that read nothing. */
  readonly constants: Array<number> = []
  /** What numbers the values at each place, where it is not a constant. */
  private readonly sized: Array<{ readonly size: number } | undefined> = []
  /** Numbers below this have an entry in every table that depends on a place. */
  readonly reserved: Array<number> = []
  private readonly unjoined: Array<Footprint> = []
  /** For each tuple its two places and what stood there when it was numbered last: neighbouring states agree in most. */
  private pairs = new Int32Array(0)

  constructor(cells: ReadonlyArray<CellTable>) {
    this.cells = cells
    this.indexOf = new Map(cells.map((table, index) => [table.cell, index]))
    this.values = new Int32Array(cells.length)
    for (const table of cells) this.sized.push(table.values)
  }

  /** The footprint of `reads`, in their order. It has a place only after `join`. */
  of(reads: ReadonlyArray<Read<unknown>>): Footprint {
    const footprint = { place: absent, reads: reads.map((read) => this.part(read)) }
    this.unjoined.push(footprint)
    return footprint
  }

  /** Gives every footprint its place. Reading nothing is a constant. */
  join(): void {
    const open = this.unjoined.splice(0).map((footprint) => ({
      footprint,
      parts: new Set(footprint.reads.map(({ place }) => place))
    }))
    for (;;) {
      const pair = commonest(open.map(({ parts }) => [...parts]))
      if (pair === undefined) break
      const [left, right] = pair
      const joined = this.pair(left, right)
      for (const { parts } of open) {
        if (!parts.has(left) || !parts.has(right)) continue
        parts.delete(left)
        parts.delete(right)
        parts.add(joined)
      }
    }
    for (const { footprint, parts } of open) footprint.place = [...parts][0] ?? this.constant()
    this.pairs = Int32Array.from(this.tuples.flatMap(({ left, right }) => [left, right, absent, absent]))
  }

  private constant(): number {
    const place = this.newPlace()
    this.constants.push(place)
    return place
  }

  /** Whether some cell has values for which nothing is reserved. */
  get outgrown(): boolean {
    return this.cells.some(({ values }, cell) => values.size > (this.reserved[cell] ?? 0))
  }

  /** Makes sure that the tables of views and tuples have an entry for whatever a row may hold, and for what may soon be. */
  reserve(): void {
    for (const [place, numbered] of this.sized.entries()) {
      if (numbered !== undefined) this.reserved[place] = 2 << (31 - Math.clz32(numbered.size | 1))
    }
    for (const view of this.views) view.numbers.reserve(this.reserved[view.cell]!)
    for (const { left, right, numbers } of this.tuples) {
      numbers.pairs.reserve(this.reserved[left] ?? 1, this.reserved[right] ?? 1)
    }
  }

  /** Computes every footprint for the state whose first cell stands at `base`. */
  read(row: Int32Array, base: number): void {
    const { values, cells, views, tuples, pairs } = this
    for (let cell = 0; cell < cells.length; cell++) values[cell] = row[base + cell]!
    for (let k = 0; k < views.length; k++) {
      const view = views[k]!
      values[view.place] = view.number(values[view.cell]!)
    }
    for (let k = 0, at = 0; k < tuples.length; k++, at += 4) {
      const left = values[pairs[at]!]!
      const right = values[pairs[at + 1]!]!
      if (left === pairs[at + 2] && right === pairs[at + 3]) continue
      pairs[at + 2] = left
      pairs[at + 3] = right
      const { place, numbers } = tuples[k]!
      values[place] = numbers.number(left, right)
    }
  }

  /** The values that `footprint` reads in the state read last. */
  found(footprint: Footprint): ReadonlyArray<unknown> {
    return footprint.reads.map(({ place, values }) => values.value(this.values[place]!))
  }

  get viewCalls(): number {
    return this.views.reduce((sum, view) => sum + view.calls, 0)
  }

  private part(read: Read<unknown>): Footprint["reads"][number] {
    const cell = this.indexOf.get(cellOf(read))!
    const source = this.cells[cell]!.values
    if (!isView(read)) return { place: cell, values: source }
    let table = this.views.find((view) => view.cell === cell && view.name === read.name)
    if (table === undefined) {
      table = new ViewTable(read.name, cell, this.newPlace(), source)
      this.views.push(table)
      this.sized[table.place] = table.seen
    }
    table.also(read)
    return { place: table.place, values: table.seen }
  }

  private pair(left: number, right: number): number {
    const known = this.tuples.find((tuple) => tuple.left === left && tuple.right === right)
    if (known !== undefined) return known.place
    const place = this.newPlace()
    const tuple = new Tuple(left, right, place)
    this.tuples.push(tuple)
    this.sized[place] = tuple.numbers
    return place
  }

  private newPlace(): number {
    const place = this.values.length
    this.sized[place] = undefined
    this.values = new Int32Array(place + 1)
    return place
  }
}

/** The pair of places that most footprints read, the first such pair among several. */
const commonest = (footprints: ReadonlyArray<ReadonlyArray<number>>): readonly [number, number] | undefined => {
  const counts = new Map<string, { readonly pair: readonly [number, number]; count: number }>()
  for (const places of footprints) {
    for (const [k, one] of places.entries()) {
      for (const other of places.slice(k + 1)) {
        const pair = one < other ? ([one, other] as const) : ([other, one] as const)
        const counted = counts.get(pair.join())
        if (counted === undefined) counts.set(pair.join(), { pair, count: 1 })
        else counted.count++
      }
    }
  }
  let best: { readonly pair: readonly [number, number]; readonly count: number } | undefined
  for (const counted of counts.values()) if (best === undefined || counted.count > best.count) best = counted
  return best?.pair
}
