/**
 * Successors of many states in one go, by loops: for systems so large that code written out for all that they read would
 * take longer to compile than it saves. Only two small parts are written out, and one of them does for every system.
 */
import type { Compiled } from "./compile.ts"
import type { Expand, Expansion, Hearer } from "./expanding.ts"
import { each, type Fire, firingCode } from "./firing-code.ts"
import type { Layout } from "./layout.ts"
import { absent } from "./pairs.ts"
import type { Programs } from "./programs.ts"

/** Puts the numbers of a state's packed row into `values`, and those of its cells into `seen`, too. */
type Unpack = (rows: Int32Array, state: number, values: Int32Array, seen: Int32Array) => void

/** Throws where generating code is not allowed. */
const unpackCode = ({ words, word, shift, bits }: Layout, cells: number): Unpack =>
  new Function(
    "rows",
    "state",
    "values",
    "seen",
    `const b = state * ${words}
    ${each(words, (w) => `const w${w} = rows[b + ${w}]`)}
    ${each(word.length, (k) => `${k < cells ? `seen[${k}] = ` : ""}values[${k}] = w${word[k]} >>> ${shift[k]} & ${2 ** bits[k]! - 1}`)}`
  ) as Unpack

/** The loops, and what they keep from one state to the next. */
class Loops<L> {
  private readonly compiled: Compiled<L>
  private readonly programs: Programs<L>
  private readonly unpack: Unpack
  private readonly fire: Fire
  /** Numbers of what the state at hand shows: of its cells, its views, its tuples. Constants are 0. */
  private readonly seen: Int32Array
  /** For each view its cell and its place, and for each tuple its two places and its own. */
  private readonly views: Int32Array
  private readonly tuples: Int32Array
  /** What stood at the two places of a tuple when its number was looked up last: neighbouring states agree in most. */
  private readonly last: Int32Array
  /** Where the footprints of rules and of laws stand. */
  private readonly groups: Int32Array
  private readonly laws: Int32Array
  /** The tables as they were when states were last expanded: entries are added to them, none is changed. */
  private readonly ofViews: Array<Int32Array>
  private readonly ofTuples: Array<Int32Array>
  private readonly shifts: Int32Array
  private readonly ofGroups: Array<Int32Array>
  private readonly ofLaws: Array<Int32Array>

  constructor(compiled: Compiled<L>, programs: Programs<L>, layout: Layout) {
    const { footprints, cells, rules, always, steps } = compiled
    const { views, tuples } = footprints
    this.compiled = compiled
    this.programs = programs
    this.unpack = unpackCode(layout, cells.length)
    this.fire = firingCode(layout.words, !steps.none)
    this.seen = new Int32Array(footprints.values.length)
    this.views = Int32Array.from(views.flatMap(({ cell, place }) => [cell, place]))
    this.tuples = Int32Array.from(tuples.flatMap(({ left, right, place }) => [left, right, place]))
    this.last = new Int32Array(tuples.length * 2).fill(absent)
    this.groups = Int32Array.from(rules, ({ place }) => place)
    this.laws = Int32Array.from(always, ({ footprint }) => footprint.place)
    this.ofViews = views.map(({ numbers }) => numbers.entries)
    this.ofTuples = tuples.map(({ numbers }) => numbers.pairs.entries)
    this.shifts = new Int32Array(tuples.length)
    this.ofGroups = programs.known.map(({ entries }) => entries)
    this.ofLaws = always.map(({ known }) => known.entries)
  }

  expand(expansion: Expansion, rows: Int32Array, from: number, to: number, hearer: Hearer): number {
    const { seen, programs } = this
    const { full, values } = expansion
    this.look()
    let state = from
    for (; state < to && expansion.count < full; state++) {
      this.unpack(rows, state, values, seen)
      if (!this.see(hearer, state) || !this.join(hearer)) break
      const firing = this.enabled(expansion.todo, hearer, state)
      if (firing < 0) break
      this.judge(hearer, state)
      if (!this.fire(expansion, rows, state, firing, programs, hearer)) break
      if (firing === 0) hearer.ends(state)
    }
    return state
  }

  /** Finds the tables where they are now: those that had to grow have moved. */
  private look(): void {
    const { footprints, always } = this.compiled
    const { ofViews, ofTuples, shifts, ofGroups, ofLaws } = this
    for (let k = 0; k < ofViews.length; k++) ofViews[k] = footprints.views[k]!.numbers.entries
    for (let k = 0; k < ofTuples.length; k++) {
      const { pairs } = footprints.tuples[k]!.numbers
      ofTuples[k] = pairs.entries
      shifts[k] = pairs.shift
    }
    for (let k = 0; k < ofGroups.length; k++) ofGroups[k] = this.programs.known[k]!.entries
    for (let k = 0; k < ofLaws.length; k++) ofLaws[k] = always[k]!.known.entries
  }

  /** Numbers what the views show. Says whether all of it has a place in the tables. */
  private see(hearer: Hearer, state: number): boolean {
    const { seen, views, ofViews } = this
    for (let k = 0; k < ofViews.length; k++) {
      const cell = seen[views[2 * k]!]!
      let number = ofViews[k]![cell]!
      if (number < 0) {
        number = hearer.view(k, cell, state)
        if (number < 0) return false
      }
      seen[views[2 * k + 1]!] = number
    }
    return true
  }

  /** Numbers the tuples. Says whether all of them have a place in the tables. */
  private join(hearer: Hearer): boolean {
    const { seen, tuples, ofTuples, shifts, last } = this
    for (let k = 0; k < ofTuples.length; k++) {
      const left = seen[tuples[3 * k]!]!
      const right = seen[tuples[3 * k + 1]!]!
      if (left === last[2 * k] && right === last[2 * k + 1]) continue
      const shift = shifts[k]!
      let number =
        shift >= 0
          ? ofTuples[k]![(left << shift) | right]!
          : this.compiled.footprints.tuples[k]!.numbers.pairs.get(left, right)
      if (number < 0) {
        number = hearer.tuple(k, left, right)
        if (number < 0) return false
      }
      last[2 * k] = left
      last[2 * k + 1] = right
      seen[tuples[3 * k + 2]!] = number
    }
    return true
  }

  /** Puts the programs of the enabled rules into `todo`. Returns how many there are, or a negative number where they have no room. */
  private enabled(todo: Int32Array, hearer: Hearer, state: number): number {
    const { seen, groups, ofGroups } = this
    let firing = 0
    for (let k = 0; k < ofGroups.length; k++) {
      let program = ofGroups[k]![seen[groups[k]!]!]!
      if (program < 0) {
        program = hearer.group(k, state)
        if (program < 0) return absent
      }
      todo[firing] = program
      firing += program !== 1 ? 1 : 0
    }
    return firing
  }

  private judge(hearer: Hearer, state: number): void {
    const { seen, laws, ofLaws } = this
    for (let k = 0; k < ofLaws.length; k++) {
      let broken = ofLaws[k]![seen[laws[k]!]!]!
      if (broken < 0) broken = hearer.always(k, state)
      if (broken > 0) hearer.broken(k, state)
    }
  }
}

/** The loops for a compiled system under a layout. Throws where generating code is not allowed. */
export const expandLoops = <L>(compiled: Compiled<L>, programs: Programs<L>, layout: Layout): Expand => {
  const loops = new Loops(compiled, programs, layout)
  return (expansion, rows, from, to, hearer) => loops.expand(expansion, rows, from, to, hearer)
}
