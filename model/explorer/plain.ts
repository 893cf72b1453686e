/** A system on plain values: what it reads, how it steps and what its laws say, with nothing interned and nothing kept. */
import type { Memory } from "../../spec/law.ts"
import { type Cell, isView, type Read } from "../kernel/cell.ts"
import type { Firing, System } from "../kernel/system.ts"
import { cellOf, checkSystem, follows, observed } from "./checked.ts"
import { blaming, Fault } from "./errors.ts"

/** A law that is broken, or waits, and why. */
export interface Broken {
  readonly law: string
  readonly why: string
}

/** A state: a value for each cell and for each memory that a law follows. */
export interface PlainState {
  readonly cells: ReadonlyArray<unknown>
  readonly memories: ReadonlyArray<unknown>
}

/** Where a step led and what laws say of it. */
export interface PlainStep {
  readonly state: PlainState
  readonly broken: ReadonlyArray<Broken>
  readonly witnessed: ReadonlyArray<string>
}

/** A system whose functions blame themselves when they fail. */
export class Plain<L> {
  readonly system: System<L>
  private readonly positions: ReadonlyMap<Cell<unknown, unknown>, number>
  private readonly followed: ReadonlyArray<Memory<unknown, L>>

  constructor(system: System<L>) {
    checkSystem(system)
    this.system = system
    this.positions = new Map(system.cells.map((cell, position) => [cell, position]))
    this.followed = [...new Set<Memory<unknown, L>>(system.laws.filter(follows).map((law) => law.follows))]
  }

  initial(): PlainState {
    return {
      cells: this.system.cells.map((cell) => cell.init),
      memories: this.followed.map((memory) => memory.init)
    }
  }

  position(cell: Cell<unknown, unknown>): number {
    const position = this.positions.get(cell)
    if (position === undefined) throw new Fault(`cell ${cell.name} is not among the system's cells`)
    return position
  }

  valueOf(read: Read<unknown>, { cells }: PlainState): unknown {
    const value = cells[this.position(cellOf(read))]
    if (!isView(read)) return value
    return blaming(
      () => `view ${read.name}`,
      () => read.of(value)
    )
  }

  /** Takes a step. Laws speak in the system's order, each at most once. */
  step(before: PlainState, { labels, writes }: Firing<L>): PlainStep {
    const broken = new Map<string, string>()
    const witnessed = new Set<string>()
    const memories = this.feed(before.memories, labels, broken, witnessed)
    const state = { cells: this.written(before.cells, writes), memories }
    this.judgeStep(before, labels, state, broken)
    for (const { law, why } of this.brokenAt(state)) broken.set(law, why)
    return {
      state,
      broken: this.system.laws.flatMap(({ id }) => because(id, broken.get(id))),
      witnessed: this.system.laws.flatMap(({ id }) => (witnessed.has(id) ? [id] : []))
    }
  }

  /** The `always` laws that a state breaks. */
  brokenAt(state: PlainState): ReadonlyArray<Broken> {
    return this.system.laws.flatMap((law) => {
      if (law.modality !== "always") return []
      const values = observed(this.system, law).map((read) => this.valueOf(read, state))
      return because(
        law.id,
        byLaw(law.id, () => law.breaks(...values))
      )
    })
  }

  /** Who waits for what in a state, by the `leadsTo` laws. */
  pendingAt(state: PlainState): ReadonlyArray<Broken> {
    return this.system.laws.flatMap((law) => {
      if (law.modality !== "leadsTo") return []
      const memory = state.memories[this.followed.indexOf(law.follows)]
      return because(
        law.id,
        byLaw(law.id, () => law.pending(memory))
      )
    })
  }

  private written(cells: ReadonlyArray<unknown>, writes: Firing<L>["writes"]): ReadonlyArray<unknown> {
    const after = [...cells]
    for (const { cell, op } of writes) {
      const position = this.position(cell)
      after[position] = blaming(
        () => `cell ${cell.name}`,
        () => cell.apply(after[position], op)
      )
    }
    return after
  }

  private feed(
    memories: ReadonlyArray<unknown>,
    labels: ReadonlyArray<L>,
    broken: Map<string, string>,
    witnessed: Set<string>
  ): ReadonlyArray<unknown> {
    return this.followed.map((memory, index) =>
      labels.reduce((before, label) => {
        const after = blaming(
          () => `memory ${memory.name}`,
          () => memory.on(before, label)
        )
        for (const law of this.system.laws) {
          if (law.modality === "history" && law.follows === memory) {
            note(
              broken,
              law.id,
              byLaw(law.id, () => law.breaks(before, label, after))
            )
          }
          if (law.modality === "sometimes" && law.follows === memory) {
            if (byLaw(law.id, () => law.happens(before, label, after))) witnessed.add(law.id)
          }
        }
        return after
      }, memories[index])
    )
  }

  private judgeStep(
    before: PlainState,
    labels: ReadonlyArray<L>,
    after: PlainState,
    broken: Map<string, string>
  ): void {
    for (const law of this.system.laws) {
      if (law.modality !== "step") continue
      const reads = observed(this.system, law)
      const was = reads.map((read) => this.valueOf(read, before))
      const is = reads.map((read) => this.valueOf(read, after))
      for (const label of labels)
        note(
          broken,
          law.id,
          byLaw(law.id, () => law.breaks(was, label, is))
        )
    }
  }
}

const byLaw = <A>(id: string, judge: () => A): A => blaming(() => `law ${id}`, judge)

const because = (law: string, why: string | undefined): ReadonlyArray<Broken> =>
  why === undefined ? [] : [{ law, why }]

const note = (broken: Map<string, string>, law: string, why: string | undefined): void => {
  if (why !== undefined && !broken.has(law)) broken.set(law, why)
}
