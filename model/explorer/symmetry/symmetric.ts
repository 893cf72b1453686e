/** Whether a system is as symmetric as it says: exchanging two indices must change nothing but names. */
import type { Symmetry } from "../../kernel/symmetry.ts"
import { Batch } from "../batch.ts"
import type { Compiled } from "../compile.ts"
import { type Listener, Successors } from "../successors.ts"
import { exchange, identity } from "./permutations.ts"
import type { Renamer } from "./renamer.ts"

/** A system names a particular index somewhere, so its states may not be taken together. */
export class NotSymmetric extends TypeError {
  override readonly name = "NotSymmetric"
}

/** What is seen of one state: what laws say there, and where its steps lead. */
interface Seen {
  readonly laws: ReadonlySet<number>
  readonly rows: Int32Array
  readonly steps: number
}

/** Looks at states and at their twins in which two indices are exchanged. */
export class Watch<L> {
  private readonly compiled: Compiled<L>
  private readonly symmetry: Symmetry
  private readonly renamer: Renamer<L>
  private readonly successors: Successors<L>
  private readonly batch: Batch
  private readonly exchanges: ReadonlyArray<number>

  constructor(compiled: Compiled<L>, symmetry: Symmetry, renamer: Renamer<L>) {
    this.compiled = compiled
    this.symmetry = symmetry
    this.renamer = renamer
    this.successors = new Successors(compiled)
    this.batch = new Batch(compiled.width, 64)
    const { size, permutations } = renamer
    this.exchanges = identity(size - 1).map((index) => permutations.number(exchange(size, index)))
  }

  /** Throws `NotSymmetric` where the row and one of its twins differ in more than names. */
  look(row: Int32Array): void {
    const { width } = this.compiled
    const seen = this.see(row)
    for (const [index, permutation] of this.exchanges.entries()) {
      const twin = new Int32Array(width)
      this.renamer.rename(row, 0, permutation, twin, 0)
      const other = this.see(twin)
      this.compareLaws(seen, other, index)
      const renamed = new Int32Array(seen.rows.length)
      for (let j = 0; j < seen.steps; j++) this.renamer.rename(seen.rows, j * width, permutation, renamed, j * width)
      if (!this.same({ ...seen, rows: renamed }, other)) this.refuse({ ...seen, rows: renamed }, other, index)
    }
  }

  private see(row: Int32Array): Seen {
    const { compiled, batch } = this
    const laws = new Set<number>()
    const listener: Listener = { heard: ({ law }) => laws.add(law) }
    compiled.footprints.read(row, 0)
    for (const table of compiled.always) if (table.judge() !== null) laws.add(table.index)
    batch.count = 0
    this.successors.expand(row, 0, 0, batch, listener)
    return { laws, rows: batch.rows.slice(0, batch.count * compiled.width), steps: batch.count }
  }

  private compareLaws(one: Seen, other: Seen, index: number): void {
    const { laws } = this.compiled.system
    const at = laws.findIndex((_, law) => one.laws.has(law) !== other.laws.has(law))
    if (at < 0) return
    throw new NotSymmetric(
      `${this.whose(index)}: law ${laws[at]!.id} names a particular one of them, for it speaks of a state and not of its twin`
    )
  }

  /** Whether the steps lead to the same rows, whatever their order; one position may be left out. */
  private same(one: Seen, other: Seen, without = -1): boolean {
    const texts = ({ rows, steps }: Seen): string =>
      Array.from({ length: steps }, (_, j) => {
        const { width } = this.compiled
        return [...rows.subarray(j * width, (j + 1) * width)].map((n, k) => (k === without ? 0 : n)).join()
      })
        .sort()
        .join(" ")
    return texts(one) === texts(other)
  }

  private refuse(one: Seen, other: Seen, index: number): never {
    const { width, memories, cells, system } = this.compiled
    const culprits = identity(width).filter((position) => this.same(one, other, position))
    const said = culprits.map((position) => {
      const memory = memories[position - cells.length]?.memory
      const followers = system.laws.filter((law) => "follows" in law && law.follows === memory).map(({ id }) => id)
      const name = this.renamer.nameOf(position)
      return followers.length === 0 ? name : `${name}, which ${followers.join(", ")} follows,`
    })
    const why =
      said.length === 0
        ? "a rule names a particular one of them"
        : `${said.join(" or ")} names a particular one of them, or lacks a renaming`
    throw new NotSymmetric(`${this.whose(index)}: ${why}`)
  }

  private whose(index: number): string {
    const { of } = this.symmetry
    return `system ${this.compiled.system.name} changes when ${of} ${index} and ${index + 1} are exchanged`
  }
}
