/** What rules do, as sums: a record of firings turned into differences of packed words. */
import { grown } from "./batch.ts"
import type { Compiled } from "./compile.ts"
import type { Layout } from "./layout.ts"
import { Lookups } from "./lookups.ts"
import { absent, Numbers } from "./pairs.ts"

/** What a firing makes of one cell, given what the footprint says of it: a value, or operations on a value not read. */
interface Change {
  readonly cell: number
  readonly ops: ReadonlyArray<number>
}

/** A record with the values of the cells that its footprint holds in whole. */
interface Known {
  readonly index: number
  readonly group: number
  readonly key: number
  readonly record: number
  readonly fixed: ReadonlyMap<number, number>
}

/** Numbers of a lookup in a firing: which column, which cell, and in which word the cell is. */
export const lookupLength = 3

/**
 * The records of all rules under one layout.
 *
 * A program is a count of firings, its own number, and then, for each firing: its rule, its label list, its count of lookups, a difference for each
 * word, and the lookups: what becomes of cells that the footprint does not hold. Firings that change nothing are left out.
 */
export class Programs<L> {
  /** Program 0 is unused; 1 is the empty program of a record without firings. */
  numbers = new Int32Array(1 << 12)
  /** For each group of rules, the program for a number of its footprint. */
  readonly known: ReadonlyArray<Numbers>
  readonly lookups: Lookups<L>
  private readonly compiled: Compiled<L>
  private readonly all: Array<Known> = []
  private readonly mostOf: Array<number>
  /** The rule that is firing, to say so where a function of the model fails. */
  firing = absent
  private used = 2
  private layout: Layout

  constructor(compiled: Compiled<L>, layout: Layout) {
    const { rules } = compiled
    this.compiled = compiled
    this.layout = layout
    this.lookups = new Lookups(compiled, layout)
    this.known = rules.map(() => new Numbers())
    this.mostOf = rules.map(() => 0)
  }

  /** No state has more successors than this, as far as is known. */
  get mostFirings(): number {
    return this.mostOf.reduce((sum, most) => sum + most, 0)
  }

  /** Learns all that the state read last needs, whose row is given. */
  learn(row: Int32Array): void {
    for (let group = 0; group < this.known.length; group++) this.follow(this.program(group, row), row)
    this.firing = absent
  }

  /** The program of a group of rules for the state read last, whose row is given. */
  program(group: number, row: Int32Array): number {
    const table = this.compiled.rules[group]!
    const key = this.compiled.footprints.values[table.place]!
    const program = this.known[group]!.get(key)
    if (program !== absent) return program
    const whole = table.footprint.reads.filter(({ place }) => place < this.compiled.cells.length)
    const fixed = new Map(whole.map(({ place }) => [place, row[place]!]))
    const known = { index: this.all.length, group, key, record: table.record(key), fixed }
    this.all.push(known)
    const written = this.write(known)
    this.known[group]!.set(key, written)
    this.firing = absent
    return written
  }

  /** Writes every program anew for another layout. */
  rewrite(layout: Layout): void {
    this.layout = layout
    this.lookups.columns.forget(layout)
    this.used = 2
    for (const known of this.all) this.known[known.group]!.set(known.key, this.write(known))
  }

  /** How often each rule fired, given how often each program ran: `hits` has a count for each program. */
  fired(hits: Float64Array): Float64Array {
    const fired = new Float64Array(this.compiled.system.rules.length)
    const { numbers } = this.compiled.records
    for (const { index, record } of this.all) {
      let at = record + 1
      for (let left = record === 0 ? 0 : numbers[record]!; left > 0; left--) {
        fired[numbers[at]!]! += hits[index]!
        at += 3 + 2 * numbers[at + 2]!
      }
    }
    return fired
  }

  get count(): number {
    return this.all.length
  }

  private write(known: Known): number {
    const { numbers } = this.compiled.records
    if (known.record === 0) return 1
    const program: Array<number> = [0, known.index]
    let at = known.record + 1
    for (let left = numbers[known.record]!; left > 0; left--) {
      const end = at + 3 + 2 * numbers[at + 2]!
      const firing = this.sums(numbers.subarray(at, end), known.fixed)
      if (firing.length > 0) {
        program[0]!++
        program.push(...firing)
      }
      at = end
    }
    this.mostOf[known.group] = Math.max(this.mostOf[known.group]!, program[0]!)
    while (this.used + program.length > this.numbers.length) this.numbers = grown(this.numbers)
    this.numbers.set(program, this.used)
    this.used += program.length
    return this.used - program.length
  }

  /** One firing as numbers, or nothing where it changes nothing whatever the rest of the state is. */
  private sums(numbers: Int32Array, fixed: ReadonlyMap<number, number>): ReadonlyArray<number> {
    const { cells, steps } = this.compiled
    const { words, word, shift } = this.layout
    const rule = numbers[0]!
    const list = numbers[1]!
    this.firing = rule
    const differences = new Array<number>(words).fill(0)
    const lookups: Array<number> = []
    for (const { cell, ops } of changes(numbers)) {
      const value = fixed.get(cell)
      if (value !== undefined) {
        const next = ops.reduce((now, op) => cells[cell]!.apply(now, op), value)
        differences[word[cell]!]! += (next - value) * 2 ** shift[cell]!
      } else lookups.push(this.lookups.ofCell(cell, ops), cell, word[cell]!)
    }
    if (list !== 0)
      for (let at = cells.length; at < this.compiled.width; at++)
        lookups.push(this.lookups.ofMemory(at, list), at, word[at]!)
    const idle = lookups.length === 0 && differences.every((difference) => difference === 0)
    if (idle && (steps.none || list === 0)) return []
    return [rule, list, lookups.length / lookupLength, ...differences, ...lookups]
  }

  /** Learns the lookups of a program for one row. */
  private follow(program: number, row: Int32Array): void {
    const { numbers } = this
    let at = program + 2
    for (let left = program === 1 ? 0 : numbers[program]!; left > 0; left--) {
      this.firing = numbers[at]!
      const first = at + 3 + this.layout.words
      at = first + lookupLength * numbers[at + 2]!
      for (let k = first; k < at; k += lookupLength) this.lookups.find(numbers[k]!, row[numbers[k + 1]!]!)
    }
  }
}

/** The operations of a firing by cell, in order. */
const changes = (numbers: Int32Array): ReadonlyArray<Change> => {
  const byCell = new Map<number, Array<number>>()
  for (let at = 3; at < numbers.length; at += 2) {
    const ops = byCell.get(numbers[at]!)
    if (ops === undefined) byCell.set(numbers[at]!, [numbers[at + 1]!])
    else ops.push(numbers[at + 1]!)
  }
  return [...byCell].map(([cell, ops]) => ({ cell, ops }))
}
