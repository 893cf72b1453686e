/** Renaming whole rows, with what each permutation makes of each value cached. */
import type { Permutation, Renaming, Symmetry } from "../../kernel/symmetry.ts"
import type { Compiled } from "../compile.ts"
import { blaming } from "../errors.ts"
import { Interner } from "../intern.ts"
import { absent, Numbers, Pairs } from "../pairs.ts"
import { Permutations } from "./permutations.ts"

/** One position of a row under renaming. */
interface Part {
  readonly name: string
  readonly values: Interner
  readonly renaming: Renaming | undefined
  /** The positions of the family that this one belongs to, and its index there. */
  readonly family: ReadonlyArray<number> | undefined
  readonly index: number
  /** From value and permutation to the value's number where it then stands. */
  readonly renamed: Pairs
}

/** Something that a row says about each index, as small numbers to sort by. */
type Column = (row: Int32Array, from: number, index: number) => number

/** Renames rows of a compiled system. */
export class Renamer<L> {
  readonly size: number
  readonly permutations = new Permutations()
  /** What a row says about an index, column by column. */
  readonly columns: ReadonlyArray<Column>
  private readonly parts: ReadonlyArray<Part>

  constructor({ cells, memories }: Compiled<L>, symmetry: Symmetry) {
    this.size = symmetry.size
    const places: ReadonlyArray<readonly [unknown, Interner, string]> = [
      ...cells.map(({ cell, values }) => [cell, values, `cell ${cell.name}`] as const),
      ...memories.map(({ memory, values }) => [memory, values, `memory ${memory.name}`] as const)
    ]
    const position = (of: unknown): number => places.findIndex(([place]) => place === of)
    const families = symmetry.families.map((family) => family.map(position))
    this.parts = places.map(([of, values, name], at) => {
      const family = families.find((positions) => positions.includes(at))
      const renaming = symmetry.renamings.find((one) => one.of === of)
      return { name, values, renaming, family, index: family?.indexOf(at) ?? 0, renamed: new Pairs() }
    })
    this.columns = [...families.map((family) => this.familyColumn(family)), ...this.parts.flatMap(aboutColumn)]
  }

  /** Writes the row at `from` into `into` at `at`, with its indices renamed by the permutation of that number. */
  rename(row: Int32Array, from: number, permutation: number, into: Int32Array, at: number): void {
    const to = this.permutations.at(permutation)
    for (let k = 0; k < this.parts.length; k++) {
      const { family, index, renamed } = this.parts[k]!
      const target = family === undefined ? k : family[to[index]!]!
      const known = renamed.get(row[from + k]!, permutation)
      into[at + target] = known === absent ? this.learn(k, target, row[from + k]!, permutation) : known
    }
  }

  /** What stands at a position, in words. */
  nameOf(position: number): string {
    return this.parts[position]!.name
  }

  private learn(position: number, target: number, number: number, permutation: number): number {
    const { values, renaming, name, renamed } = this.parts[position]!
    const value = values.value(number)
    const after =
      renaming === undefined
        ? value
        : blaming(
            () => `the renaming of ${name}`,
            () => renaming.rename(value, this.permutations.at(permutation))
          )
    const found = renaming === undefined && target === position ? number : this.parts[target]!.values.number(after)
    renamed.set(number, permutation, found)
    return found
  }

  /** The value of the family's cell for each index, by a numbering that all its cells share. */
  private familyColumn(family: ReadonlyArray<number>): Column {
    const shared = new Interner("a family of cells")
    const known = family.map(() => new Numbers())
    return (row, from, index) => {
      const number = row[from + family[index]!]!
      const before = known[index]!.get(number)
      if (before !== absent) return before
      const found = shared.number(this.anonymous(family[index]!, number, index))
      known[index]!.set(number, found)
      return found
    }
  }

  /** A family member's value without its own index in it: what it would be if the member were the first. */
  private anonymous(position: number, number: number, index: number): unknown {
    const { values, renaming } = this.parts[position]!
    const value = values.value(number)
    if (renaming === undefined) return value
    const first: Permutation = Array.from({ length: this.size }, (_, one) =>
      one === index ? 0 : one < index ? one + 1 : one
    )
    return renaming.rename(value, first)
  }
}

/** What a value says about each index, where its renaming knows how to tell. */
const aboutColumn = ({ renaming, values, family }: Part, position: number): ReadonlyArray<Column> => {
  if (renaming?.about === undefined || family !== undefined) return []
  const { about } = renaming
  const said = new Interner("what is said about an index")
  const known = new Pairs()
  return [
    (row, from, index) => {
      const number = row[from + position]!
      const before = known.get(number, index)
      if (before !== absent) return before
      const found = said.number(about(values.value(number), index))
      known.set(number, index, found)
      return found
    }
  ]
}
