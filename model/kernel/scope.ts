/** Scopes: named bounds with pinned results, so that a changed count is a visible diff. */
import type { System } from "./system.ts"

/** What may be changed about a scope from outside: parameters of the variant by name, assumptions switched off by id. */
export interface Overrides {
  readonly variant: Readonly<Record<string, string>>
  readonly without: ReadonlyArray<string>
}

export const asPinned: Overrides = { variant: {}, without: [] }

export interface Counts {
  readonly distinct: number
  /** Every firing counts, and so does the initial state. */
  readonly generated: number
  /** Steps to the state farthest from the initial one. */
  readonly depth: number
}

/** A law that this scope must break, and the length of the shortest story in steps. */
export interface MustFail {
  readonly law: string
  readonly length: number
}

export interface Scope<L> {
  readonly name: string
  /** One sentence: what is bounded how, and what this scope is there to show. */
  readonly about: string
  readonly pinned: Counts
  /** Empty where every law must hold. */
  readonly mustFail: ReadonlyArray<MustFail>
  /** A system within these bounds. Throws `UnknownOverride` where a name or value is not one of the protocol's. */
  system(overrides: Overrides): System<L>
}

/** A parameter or assumption that the protocol does not have, said in full so that the user can pick a right one. */
export class UnknownOverride extends Error {
  override readonly name = "UnknownOverride"
}

/** A protocol's part of the model as the explorer and the command line see it. */
export interface ModelOf<L> {
  readonly protocol: string
  readonly scopes: ReadonlyArray<Scope<L>>
}
