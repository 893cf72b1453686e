/** What an example of a law is: one beginning, an end that the law accepts, and one that it refuses, with what it says then. */
import { expect } from "vitest"
import type { Law } from "./law.ts"

export type Story<L> = ReadonlyArray<L | ReadonlyArray<L>>

export interface Example<L> {
  /** The law's number, without its protocol's prefix. */
  readonly law: string
  readonly after: Story<L>
  readonly fine: Story<L>
  readonly broken: Story<L>
  readonly why: string
}

/**
 * What a law says at the end of a story: what the last label breaks, or what is owed then.
 *
 * A law about steps may say nothing before the last one.
 */
export const said = <L>(law: Law<L>, ...stories: ReadonlyArray<Story<L>>): string | undefined => {
  const labels = stories.flat(2) as ReadonlyArray<L>
  if (law.modality === "leadsTo")
    return law.pending(labels.reduce((memory, next) => law.follows.on(memory, next), law.follows.init))
  if (law.modality !== "history") throw new TypeError(`${law.id} is neither about steps nor about waiting`)
  let memory = law.follows.init
  let last: string | undefined
  for (const next of labels) {
    expect(last).toBeUndefined()
    const before = memory
    memory = law.follows.on(before, next)
    last = law.breaks(before, next, memory)
  }
  return last
}
