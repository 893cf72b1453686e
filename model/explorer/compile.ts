/** A system as tables of integers, learnt while it is explored. */
import type { AlwaysLaw, Memory } from "../../spec/law.ts"
import type { System } from "../kernel/system.ts"
import { checkSystem, follows, observed } from "./checked.ts"
import { blaming } from "./errors.ts"
import { type Footprint, Footprints } from "./footprint.ts"
import { Interner } from "./intern.ts"
import { Numbers } from "./pairs.ts"
import { Records, type RuleTable, ruleTables } from "./rule-table.ts"
import { StepLaws } from "./step-laws.ts"
import { CellTable, MemoryTable } from "./tables.ts"

/** An `always` law, judged once per tuple of what it observes. */
class AlwaysTable {
  readonly index: number
  calls = 0
  private readonly law: AlwaysLaw
  private readonly footprints: Footprints
  readonly footprint: Footprint
  /** For each number of what is observed: nothing yet, 0 where the law holds, 1 where it is broken. */
  readonly known = new Numbers()
  private readonly whys: Array<string | null> = []

  constructor(index: number, law: AlwaysLaw, footprints: Footprints, footprint: Footprint) {
    this.index = index
    this.law = law
    this.footprints = footprints
    this.footprint = footprint
  }

  /** Why the state read last breaks the law, or null. */
  judge(): string | null {
    const key = this.footprints.values[this.footprint.place]!
    const known = this.whys[key]
    if (known !== undefined) return known
    this.calls++
    const why = blaming(
      () => `law ${this.law.id}`,
      () => this.law.breaks(...this.footprints.found(this.footprint)) ?? null
    )
    this.whys[key] = why
    this.known.set(key, why === null ? 0 : 1)
    return why
  }
}

/** A system as tables. A state is a row: the number of each cell's value, then of each memory's. */
export interface Compiled<L> {
  readonly system: System<L>
  readonly width: number
  readonly initial: Int32Array
  readonly cells: ReadonlyArray<CellTable>
  readonly memories: ReadonlyArray<MemoryTable<L>>
  readonly rules: ReadonlyArray<RuleTable<L>>
  readonly footprints: Footprints
  readonly records: Records
  /** Label lists. Number 0 is the empty one. */
  readonly lists: Interner
  readonly always: ReadonlyArray<AlwaysTable>
  readonly steps: StepLaws<L>
  /** How many values each number of a row has so far. */
  sizes(): ReadonlyArray<number>
}

/** Tables for `system`, all empty but for the initial values. */
export const compile = <L>(system: System<L>): Compiled<L> => {
  checkSystem(system)
  const cells = system.cells.map((cell) => new CellTable(cell))
  const lists = new Interner("a label")
  lists.number([])
  const followed = new Set<Memory<unknown, L>>(system.laws.filter(follows).map((law) => law.follows))
  const memories = [...followed].map((memory) => new MemoryTable(memory, system.laws, lists))
  const footprints = new Footprints(cells)
  const records = new Records()
  const always = system.laws.flatMap((law, index) =>
    law.modality === "always" ? [new AlwaysTable(index, law, footprints, footprints.of(observed(system, law)))] : []
  )
  const rules = ruleTables(system.rules, footprints, cells, lists, records)
  const after = new Footprints(cells)
  const steps = new StepLaws(system, footprints, after, lists)
  footprints.join()
  after.join()
  return {
    system,
    width: cells.length + memories.length,
    initial: Int32Array.of(
      ...cells.map((table) => table.values.number(table.cell.init)),
      ...memories.map((table) => table.values.number(table.memory.init))
    ),
    cells,
    memories,
    rules,
    footprints,
    records,
    lists,
    always,
    steps,
    sizes: () => [...cells, ...memories].map(({ values }) => values.size)
  }
}
