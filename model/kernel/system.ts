/** Systems: cells, rules that fire on them, and the laws that must hold. */
import type { Law } from "../../spec/law.ts"
import type { Cell, Read, View, Write } from "./cell.ts"
import type { Symmetry } from "./symmetry.ts"

/** One way in which a rule may fire: what it looks like from outside, and what it changes. */
export interface Firing<L> {
  /** In the order in which they happen. Empty for a step that nobody outside can see. */
  readonly labels: ReadonlyArray<L>
  readonly writes: ReadonlyArray<Write>
}

/**
 * Whether a rule that stays enabled must fire in the end.
 *
 * `weak`: it cannot be enabled for ever without firing. `strong`: it cannot be enabled again and again without firing.
 * `none`: clients and faults, which owe nothing.
 */
export type Fairness = "none" | "weak" | "strong"

/** A named action of the system. Its outcome is a pure function of the values it declares to read. */
export interface Rule<L> {
  readonly name: string
  /** Who acts. Stories prefer to stay with one actor. */
  readonly actor: string
  readonly fair: Fairness
  readonly reads: ReadonlyArray<Read<unknown>>
  fire(...values: ReadonlyArray<unknown>): ReadonlyArray<Firing<L>>
}

/** The values of what a rule reads, in its order. */
export type Values<R extends ReadonlyArray<unknown>> = {
  -readonly [K in keyof R]: R[K] extends View<infer _A, infer B> ? B : R[K] extends Cell<infer A, infer _Op> ? A : never
}

/** What is said of a rule beside what it does. */
export interface RuleOptions<R> {
  readonly actor: string
  readonly fair: Fairness
  readonly reads: R
}

/** A way to declare rules whose labels are all `L`: bound once per system, for inference from the first branch is too narrow. */
export const rulesOf =
  <L>() =>
  <const R extends ReadonlyArray<Read<unknown>>>(
    name: string,
    options: RuleOptions<R>,
    fire: (...values: Values<R>) => ReadonlyArray<Firing<L>>
  ): Rule<L> => ({ name, ...options, fire: fire as Rule<L>["fire"] })

/** A closed world: every cell, every rule, every law, and the observables that laws may name. */
export interface System<L> {
  readonly name: string
  readonly cells: ReadonlyArray<Cell<unknown, unknown>>
  readonly rules: ReadonlyArray<Rule<L>>
  readonly laws: ReadonlyArray<Law<L>>
  readonly observables: Readonly<Record<string, Read<unknown>>>
  /** What is interchangeable, for exploring one state of all that differ only by its names. */
  readonly symmetry?: Symmetry
}
