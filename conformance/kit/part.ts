/** A part to be played: how a protocol's labels are read as inputs for one role and as what it has to answer. */
import type { Reaction, Seen } from "./role-under-test.ts"

/** What a move, or a burst of them, asks of whoever plays the part. */
export interface Play<I, O, V> {
  /** Nothing where the move is somebody else's affair. */
  readonly input: I | undefined
  /** What the part has to put out because of it, in order. */
  readonly due: ReadonlyArray<O>
  /** What it has to show afterwards; undefined where nothing is said about it. */
  readonly shown: V | null | undefined
  /** A fresh implementation takes the place of a dead one. */
  readonly begins: boolean
  /** Nobody plays the part any more: it died of this, or with those around it. */
  readonly ends: boolean
}

/** One chosen move: its rule, and the choice in the protocol's words as plain data. */
export interface Step {
  readonly rule: string
  readonly choice: unknown
}

/** A role of a protocol as the kit deals with it. The protocol's words are in here and nowhere else in the kit. */
export interface Part<L, I, O, V> {
  readonly protocol: string
  /** Such as `dcp/consumer-connection`. */
  readonly role: string
  /** Rules that whoever plays the part carries out by itself after each input, and at once. */
  readonly internal: ReadonlySet<string>
  /**
   * How often a run draws a rule, where the usual weight of 6 does not fit. A weight of 1 is rare, as faults are: such a
   * rule never stands in for one that is not possible.
   */
  readonly weights: Readonly<Record<string, number>>
  /** Names of fields that a shorter story may number anew, such as `call`. */
  readonly renumbered: ReadonlySet<string>
  play(labels: ReadonlyArray<L>): Play<I, O, V>
  /** Where what was seen differs from what was due, by channel: the order across channels cannot be seen. */
  differs(due: Play<I, O, V>, seen: Reaction<O, V>): ReadonlyArray<string>
  /** The labels of a burst as they were with the implementation in the part: one list for each move. */
  actual(burst: ReadonlyArray<ReadonlyArray<L>>, seen: Reaction<O, V>): ReadonlyArray<ReadonlyArray<L>>
  /** What the environment chose in a move, as plain data without what the part answered. */
  choice(labels: ReadonlyArray<L>): unknown
  /** Steps that ask for less than this one, to be tried in its place when a story is shortened. */
  simpler(step: Step): ReadonlyArray<Step>
  tellInput(input: I): string
  /** What is due, one line for each output. */
  tellDue(due: Play<I, O, V>): ReadonlyArray<string>
  tellOutput(output: Seen<O>): string
  tellShown(shown: V | null): string
}
