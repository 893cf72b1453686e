/** What expanding states works on, and who is asked and told meanwhile. */
import type { Candidates } from "./store-code.ts"

/** Who is asked for what the tables do not hold yet. An answer below 0 means that the state cannot be expanded for now. */
export interface Teacher {
  view(view: number, value: number, state: number): number
  tuple(tuple: number, left: number, right: number): number
  /** The program of a group of rules. */
  group(group: number, state: number): number
  /** 0 where an `always` law holds, 1 where it is broken. */
  always(law: number, state: number): number
  /** What a column adds to a word, once laws have said what they have to say about the step. `unknown` where the state cannot be expanded. */
  lookup(column: number, value: number, state: number, rule: number, list: number): number
}

/** Who hears what is found while states are expanded. */
export interface Hearer extends Teacher {
  /** An `always` law is broken. */
  broken(law: number, state: number): void
  /** Nothing is enabled. */
  ends(state: number): void
  /** The candidate at `at` was reached by a firing with labels: for `step` laws. */
  stepped(at: number, from: number, rule: number, list: number): void
}

/** What expanding works on. `count` candidates are there; it stops at `full` of them. */
export interface Expansion {
  readonly candidates: Candidates
  count: number
  full: number
  /** Rows that were candidates not long ago, at a place that depends on their hash. Many a state is reached again soon. */
  recent: Int32Array
  /** How often each program ran. */
  hits: Float64Array
  readonly values: Int32Array
  readonly todo: Int32Array
}

/** Rows that are remembered as recent, a power of two. */
export const recentRows = 1 << 11

/** A memory for recent rows. The row of zeros is the initial state, which is known from the beginning. */
export const noneRecent = (words: number): Int32Array => new Int32Array(recentRows * words)

/** Expands states from `from` to before `to` and returns the first that it did not expand: for want of room, or of knowledge. */
export type Expand = (expansion: Expansion, rows: Int32Array, from: number, to: number, hearer: Hearer) => number
