/** A difference between an implementation and its model, as plain data. */
import type { StoryStep } from "../../model/explorer/errors.ts"
import type { BrokenLaw } from "./law-memories.ts"
import type { Seen } from "./role-under-test.ts"

/** Where an implementation first does what its model would not, and what led there. */
export interface Divergence<L, O> {
  readonly implementation: string
  readonly role: string
  /** Channels on which it shows, such as `replies` or `crash`. */
  readonly channels: ReadonlyArray<string>
  /** All steps from the start; the last one is as the implementation did it. */
  readonly story: ReadonlyArray<StoryStep<L>>
  /** The input that led to it, in the protocol's words. */
  readonly input: string
  readonly expected: ReadonlyArray<O>
  readonly actual: ReadonlyArray<Seen<O>>
  /** The same in the protocol's words, with what was shown of the state where that differs. */
  readonly told: { readonly expected: ReadonlyArray<string>; readonly actual: ReadonlyArray<string> }
  /** Laws that the last step breaks as the implementation did it. None where it is only unlike its model. */
  readonly brokenLaws: ReadonlyArray<BrokenLaw>
}

/**
 * What makes two divergences the same bug to a reader who shortens a story: where it shows, and which laws it breaks.
 *
 * What both sides put out is left aside, for a shorter story may well do without it.
 */
export const kindOf = ({ role, channels, expected, actual, brokenLaws }: Divergence<unknown, Tagged>): string =>
  JSON.stringify([
    role,
    channels,
    brokenLaws.map(({ law }) => law),
    tagsWithout(expected, actual),
    tagsWithout(actual, expected)
  ])

interface Tagged {
  readonly _tag: string
}

const tagsWithout = (some: ReadonlyArray<Tagged>, others: ReadonlyArray<Tagged>): ReadonlyArray<string> =>
  [...new Set(some.map(({ _tag }) => _tag))].filter((tag) => others.every(({ _tag }) => _tag !== tag)).sort()

/** Thrown by a walk where the implementation parts from the model. */
export class Diverged<L, O> extends Error {
  override readonly name = "Diverged"
  readonly divergence: Divergence<L, O>

  constructor(divergence: Divergence<L, O>) {
    super(`${divergence.implementation} as ${divergence.role} parts from its model at ${divergence.input}`)
    this.divergence = divergence
  }
}
