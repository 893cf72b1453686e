/**
 * The words of a simulation: a small system that shows, for every state that it can be in, what can happen next.
 *
 * Where an adapter runs a whole system on a scheduler of its own, and can come back to a state (by a copy of it, or by the
 * choices that led there once more), the kit need not try its luck: it goes to every state, and judges all laws on what it
 * has seen, those about waiting as well.
 */
import { Schema } from "effect"

const Natural = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

/** Asked for by number; state 0 is where everything begins, and every other was told of by a step that leads to it. */
export const SimulationInput = Schema.TaggedUnion({
  /** Everything that may ever happen, by name. */
  Rules: {},
  /** What can happen in each of these states, in this order. The last ones may be left out, and are asked for again. */
  LookAt: { states: Schema.Array(Natural) }
})
export type SimulationInput = typeof SimulationInput.Type

export const SimulationOutput = Schema.TaggedUnion({
  /** Rules are numbered from 0 in the order in which they are told. */
  Rule: {
    name: Schema.String,
    actor: Schema.String,
    /** Whether it has to happen in the end where it can all the time, or again and again, or owes nothing. */
    fair: Schema.Literals(["none", "weak", "strong"])
  },
  /** What some step looks like from outside, in the labels of the spec; numbered from 0 in the order in which they are told. */
  Seen: { labels: Schema.Array(Schema.Unknown) },
  /** The steps that are possible in one state: a rule, what is seen of it, and the state that it leads to. */
  Steps: { steps: Schema.Array(Schema.Tuple([Natural, Natural, Natural])) }
})
export type SimulationOutput = typeof SimulationOutput.Type
