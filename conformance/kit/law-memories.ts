/** What history laws remember along a walk, and what they say of each step. */
import { Interner } from "../../model/explorer/intern.ts"
import { type HistoryLaw, type Law, type Memory, nothing } from "../../spec/law.ts"
import { keyOf } from "./cell-values.ts"

/** A law that is broken, and why. */
export interface BrokenLaw {
  readonly law: string
  readonly why: string
}

interface Fed {
  readonly next: number
  readonly broken: ReadonlyArray<BrokenLaw>
}

const none: ReadonlyArray<BrokenLaw> = []

export const historyLaws = <L>(laws: ReadonlyArray<Law<L>>): ReadonlyArray<HistoryLaw<L>> =>
  laws.filter((law): law is HistoryLaw<L> => law.modality === "history")

/** One memory whose values are numbers, with the laws that follow it. */
class MemoryTable<L> {
  readonly values: Interner
  readonly memory: Memory<unknown, L>
  readonly laws: ReadonlyArray<HistoryLaw<L>>
  private readonly fed = new Map<number, Fed>()

  constructor(memory: Memory<unknown, L>, laws: ReadonlyArray<HistoryLaw<L>>) {
    this.memory = memory
    this.laws = laws.filter((law) => law.follows === memory)
    this.values = new Interner(`memory ${memory.name}`)
  }

  feed(value: number, list: number, labels: ReadonlyArray<L>): Fed {
    const key = keyOf(value, list)
    const known = this.fed.get(key)
    if (known !== undefined) return known
    const { memory, broken } = this.judge(this.values.value(value), labels)
    const fed = { next: this.values.number(memory), broken }
    this.fed.set(key, fed)
    return fed
  }

  judge(memory: unknown, labels: ReadonlyArray<L>): { readonly memory: unknown; readonly broken: Fed["broken"] } {
    const broken: Array<BrokenLaw> = []
    for (const label of labels) {
      const before = memory
      memory = this.memory.on(before, label)
      for (const law of this.laws) {
        const why = law.breaks(before, label, memory)
        if (why !== undefined && broken.every((other) => other.law !== law.id)) broken.push({ law: law.id, why })
      }
    }
    return { memory, broken: broken.length === 0 ? none : broken }
  }
}

/** The memories of a system's history laws. A state's memories are one number for each. */
export class LawMemories<L> {
  readonly initial: ReadonlyArray<number>
  private readonly tables: ReadonlyArray<MemoryTable<L>>
  private readonly lists = new Interner("a label")

  constructor(laws: ReadonlyArray<Law<L>>) {
    const judging = historyLaws(laws)
    const memories = [...new Set<Memory<unknown, L>>(judging.map((law) => law.follows))]
    this.tables = memories.map((memory) => new MemoryTable(memory, judging))
    this.initial = memories.map((memory, position) => this.tables[position]!.values.number(memory.init))
  }

  /** Labels as a number, to feed them by. */
  list(labels: ReadonlyArray<L>): number {
    return this.lists.number(labels)
  }

  /** The memories after some labels, and the laws that those broke. */
  after(
    memories: ReadonlyArray<number>,
    list: number,
    labels: ReadonlyArray<L>
  ): { readonly memories: ReadonlyArray<number>; readonly broken: ReadonlyArray<BrokenLaw> } {
    let broken = none
    const next = memories.map((value, position) => {
      const fed = this.tables[position]!.feed(value, list, labels)
      if (fed.broken.length > 0) broken = [...broken, ...fed.broken]
      return fed.next
    })
    return { memories: next, broken }
  }

  /** Laws of which something that they remember has happened; those that remember nothing are about every label. */
  touched(memories: ReadonlyArray<number>): ReadonlyArray<string> {
    return this.tables.flatMap(({ memory, laws }, position) =>
      memory.name === nothing.name || memories[position] !== this.initial[position] ? laws.map(({ id }) => id) : []
    )
  }

  /** The laws that labels break which the system itself would not have shown. Nothing of them is kept. */
  judge(memories: ReadonlyArray<number>, labels: ReadonlyArray<L>): ReadonlyArray<BrokenLaw> {
    return this.tables.flatMap((table, position) => table.judge(table.values.value(memories[position]!), labels).broken)
  }
}
