/** Cells and law memories as tables of integers. */
import type { HistoryLaw, Law, Memory, SometimesLaw } from "../../spec/law.ts"
import type { Cell } from "../kernel/cell.ts"
import { type Following, follows } from "./checked.ts"
import { blaming } from "./errors.ts"
import { Interner } from "./intern.ts"
import { absent, Pairs } from "./pairs.ts"

/** A cell whose values and operations are numbers, and what each operation makes of each value. */
export class CellTable {
  readonly cell: Cell<unknown, unknown>
  readonly values: Interner
  readonly ops: Interner
  calls = 0
  readonly applied = new Pairs()

  constructor(cell: Cell<unknown, unknown>) {
    this.cell = cell
    this.values = new Interner(`cell ${cell.name}`)
    this.ops = new Interner(`an operation on cell ${cell.name}`)
  }

  apply(value: number, op: number): number {
    const known = this.applied.get(value, op)
    return known === absent ? this.learn(value, op) : known
  }

  private learn(value: number, op: number): number {
    this.calls++
    const next = this.values.number(
      blaming(
        () => `cell ${this.cell.name}`,
        () => this.cell.apply(this.values.value(value), this.ops.value(op))
      )
    )
    this.applied.set(value, op, next)
    return next
  }
}

/** Something that laws have to say about a step. */
export interface Mark {
  /** The law's position in the system. */
  readonly law: number
  /** Why it is broken; nothing where a `sometimes` law is witnessed. */
  readonly why?: string
}

interface Marked {
  readonly next: number
  readonly marks: ReadonlyArray<Mark>
}

/** A law memory whose values are numbers, and what each list of labels makes of each value. */
export class MemoryTable<L> {
  readonly memory: Memory<unknown, L>
  readonly values: Interner
  calls = 0
  private readonly laws: ReadonlyArray<readonly [number, Following<L>]>
  private readonly lists: Interner
  readonly fed = new Pairs()
  private readonly marked: Array<Marked> = []

  constructor(memory: Memory<unknown, L>, laws: ReadonlyArray<Law<L>>, lists: Interner) {
    this.memory = memory
    this.values = new Interner(`memory ${memory.name}`)
    this.lists = lists
    this.laws = laws.flatMap((law, index) => (follows(law) && law.follows === memory ? [[index, law] as const] : []))
  }

  /** The next value, or, where laws have something to say, a number below `absent` to ask `markedBy` about. */
  feed(value: number, list: number): number {
    const known = this.fed.get(value, list)
    return known === absent ? this.learn(value, list) : known
  }

  /** What a number below `absent` stands for. */
  markedBy(fed: number): Marked {
    return this.marked[absent - 1 - fed]!
  }

  private learn(value: number, list: number): number {
    const marks: Array<Mark> = []
    let memory = this.values.value(value)
    for (const label of this.lists.value(list) as ReadonlyArray<L>) {
      const before = memory
      memory = blaming(
        () => `memory ${this.memory.name}`,
        () => this.memory.on(before, label)
      )
      this.judge(before, label, memory, marks)
    }
    const next = this.values.number(memory)
    const fed = marks.length === 0 ? next : absent - this.marked.push({ next, marks })
    this.fed.set(value, list, fed)
    return fed
  }

  /** The first label that breaks or witnesses a law speaks for the whole list. */
  private judge(before: unknown, label: L, after: unknown, marks: Array<Mark>): void {
    for (const [index, law] of this.laws) {
      if (law.modality === "leadsTo" || marks.some((mark) => mark.law === index)) continue
      this.calls++
      const mark = blaming(
        () => `law ${law.id}`,
        () => judged(law, index, before, label, after)
      )
      if (mark !== undefined) marks.push(mark)
    }
  }
}

const judged = <L>(
  law: HistoryLaw<L> | SometimesLaw<L>,
  index: number,
  before: unknown,
  label: L,
  after: unknown
): Mark | undefined => {
  if (law.modality === "sometimes") return law.happens(before, label, after) ? { law: index } : undefined
  const why = law.breaks(before, label, after)
  return why === undefined ? undefined : { law: index, why }
}
