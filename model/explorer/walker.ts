/** One walk at a time: of all that is enabled one firing is drawn, and only that one is worked out. */
import type { LeadsToLaw } from "../../spec/law.ts"
import type { Compiled } from "./compile.ts"
import { absent } from "./pairs.ts"
import type { Chance } from "./random.ts"

/** Who is told what happens on a walk. */
export interface Companion {
  /** A firing was taken. */
  took(rule: number, list: number): void
  /** The walk came to a state. */
  stands?(row: Int32Array): void
  /** The law at this position was broken or witnessed, by the step taken last or in the state that it led to. */
  heard(law: number): void
}

/** A law about waiting with the place of its memory in a row. */
interface Waiting<L> {
  readonly index: number
  readonly law: LeadsToLaw<L>
  readonly place: number
}

/** Walks through a system's tables, which it fills on the way. Laws are judged on every step taken and in every state. */
export class Walker<L> {
  /** The row of the state in which the walk stands. */
  readonly row: Int32Array
  /** The rule that is firing, to say so where a function of the model fails. */
  firing = absent
  private readonly compiled: Compiled<L>
  private readonly companion: Companion
  private readonly waiting: ReadonlyArray<Waiting<L>>
  /** For each rule, whether it owes anybody that it fires. */
  private readonly owes: Uint8Array
  /** For each group of rules where its footprint stands, its number, and where the record of what they may do stands. */
  private readonly places: Int32Array
  private readonly keys: Int32Array
  private readonly records: Int32Array
  /** How many of a group's firings are owed, and how many are not. */
  private readonly owed: Int32Array
  private readonly free: Int32Array

  constructor(compiled: Compiled<L>, companion: Companion) {
    const { system, memories, cells, rules, width } = compiled
    this.compiled = compiled
    this.companion = companion
    this.row = new Int32Array(width)
    this.places = Int32Array.from(rules, ({ place }) => place)
    this.keys = new Int32Array(rules.length).fill(absent)
    this.records = new Int32Array(rules.length)
    this.owed = new Int32Array(rules.length)
    this.free = new Int32Array(rules.length)
    this.owes = Uint8Array.from(system.rules, ({ fair }) => (fair === "none" ? 0 : 1))
    this.waiting = system.laws.flatMap((law, index) => {
      if (law.modality !== "leadsTo") return []
      const place = cells.length + memories.findIndex(({ memory }) => memory === law.follows)
      return [{ index, law, place }]
    })
  }

  /**
   * Walks from the initial state until nothing is enabled, which it answers with true, or so many steps are taken.
   *
   * A firing that is owed is `patience` times as likely as one by which a client or a fault comes in between.
   */
  once(draw: Chance, steps: number, patience: number): boolean {
    const { row, companion, compiled } = this
    const { footprints, always } = compiled
    row.set(compiled.initial)
    for (let taken = 0; ; taken++) {
      companion.stands?.(row)
      footprints.read(row, 0)
      for (const table of always) if (table.judge() !== null) companion.heard(table.index)
      this.look()
      const owed = sum(this.owed)
      const free = sum(this.free)
      if (owed + free === 0) {
        this.stop()
        return true
      }
      if (taken === steps) return false
      const lot = draw(owed * patience + free)
      this.take(lot < free ? this.nth(this.free, 0, lot) : this.nth(this.owed, 1, Math.floor((lot - free) / patience)))
    }
  }

  /** Finds out what is enabled in the state read last. Only groups of rules whose footprint changed are asked again. */
  private look(): void {
    const { places, keys, compiled } = this
    const { rules, footprints } = compiled
    const { values } = footprints
    for (let k = 0; k < keys.length; k++) {
      const key = values[places[k]!]!
      if (key === keys[k]) continue
      this.count(k, rules[k]!.record(key))
      keys[k] = key
    }
  }

  private count(group: number, record: number): void {
    const { records, owed, free, owes, compiled } = this
    const { numbers } = compiled.records
    records[group] = record
    owed[group] = 0
    free[group] = 0
    let at = record + 1
    for (let left = record === 0 ? 0 : numbers[record]!; left > 0; left--) {
      if (owes[numbers[at]!] === 1) owed[group]!++
      else free[group]!++
      at += 3 + 2 * numbers[at + 2]!
    }
  }

  /** Where the firing with this number stands among those that are counted there, which are owed or not. */
  private nth(counts: Int32Array, owing: number, number: number): number {
    const { records, owes, compiled } = this
    const { numbers } = compiled.records
    let left = number
    let group = 0
    for (; left >= counts[group]!; group++) left -= counts[group]!
    let at = records[group]! + 1
    for (;;) {
      if (owes[numbers[at]!] === owing && left-- === 0) return at
      at += 3 + 2 * numbers[at + 2]!
    }
  }

  private take(firing: number): void {
    const { row, compiled, companion } = this
    const { records, cells, steps } = compiled
    const { numbers } = records
    const rule = numbers[firing]!
    const list = numbers[firing + 1]!
    const end = firing + 3 + 2 * numbers[firing + 2]!
    companion.took(rule, list)
    this.firing = rule
    for (let at = firing + 3; at < end; at += 2) {
      const cell = numbers[at]!
      row[cell] = cells[cell]!.apply(row[cell]!, numbers[at + 1]!)
    }
    if (list !== 0) {
      this.feed(list)
      if (!steps.none) steps.judge(row, 0, list, ({ law }) => companion.heard(law))
    }
    this.firing = absent
  }

  private feed(list: number): void {
    const { row, compiled, companion } = this
    const { cells, memories } = compiled
    for (let k = 0; k < memories.length; k++) {
      const memory = memories[k]!
      const place = cells.length + k
      const fed = memory.feed(row[place]!, list)
      if (fed >= 0) row[place] = fed
      else {
        const { next, marks } = memory.markedBy(fed)
        row[place] = next
        for (const { law } of marks) companion.heard(law)
      }
    }
  }

  /** Nothing is enabled: whoever waits here waits for ever. */
  private stop(): void {
    const { row, compiled, companion } = this
    for (const { index, law, place } of this.waiting) {
      const memory = compiled.memories[place - compiled.cells.length]!.values.value(row[place]!)
      if (law.pending(memory) !== undefined) companion.heard(index)
    }
  }
}

const sum = (counts: Int32Array): number => {
  let total = 0
  for (let k = 0; k < counts.length; k++) total += counts[k]!
  return total
}
