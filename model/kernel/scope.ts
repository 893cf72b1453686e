/** Scopes: named bounds with pinned results, so that a changed count is a visible diff. */
import type { System } from "./system.ts"

/** What may be changed about a scope from outside: parameters of the variant by name, assumptions switched off by id. */
export interface Overrides {
  readonly variant: Readonly<Record<string, string>>
  readonly without: ReadonlyArray<string>
}

/** Nothing is changed about a scope: it is explored as it was counted. */
export const asPinned: Overrides = { variant: {}, without: [] }

/** How large a scope is, as its exploration counts it. */
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

/** How much is seen each time of a scope that is too large to be seen to the end. */
export interface Sample {
  /** The states nearest to the initial one: exploring stops once so many are stored. */
  readonly states: number
  /** Random walks from the initial state, each of at most so many steps. */
  readonly walks: number
  readonly steps: number
}

/** Bounds with a name: a system small enough to be seen whole, what it must count, and which laws it must break. */
export interface Scope<L> {
  readonly name: string
  /** One sentence: what is bounded how, and what this scope is there to show. */
  readonly about: string
  readonly pinned: Counts
  /** Where the scope is too large to be seen to the end. Then what is pinned is what is counted in the sample's states. */
  readonly sample?: Sample
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
