/** What came of checking one implementation in one role, as plain data. No clock is in it: same seed, same result. */

import type { StoryStep } from "../../model/explorer/errors.ts"
import type { Law } from "../../spec/law.ts"
import type { Divergence } from "./divergence.ts"
import { type BrokenLaw, historyLaws } from "./law-memories.ts"
import type { Step } from "./part.ts"
import type { Move } from "./state-graph.ts"

/**
 * `unknown`: the run was interrupted, or a reaction did not come. `nondeterministic`: the same steps went otherwise the
 * second time. `adapter-error`: the adapter itself failed, so nothing is known.
 */
export type RoleVerdict = "pass" | "fail" | "unknown" | "nondeterministic" | "adapter-error"

/** What one history law says of everything that the implementation did. */
export interface LawOutcome<L> {
  readonly id: string
  readonly verdict: "pass" | "fail"
  readonly why?: string
  /** Where implementation and model agree in breaking it: a story that shows it. */
  readonly story?: ReadonlyArray<StoryStep<L>>
}

/** What came of checking one role of an implementation, and the story that it failed with, if it did. */
export interface RoleResult<L, O> {
  readonly implementation: string
  readonly protocol: string
  readonly role: string
  readonly way: string
  readonly system: string
  readonly seed: number
  /** Runs and commands up to the end or the first failing run; shortening the story is not counted. */
  readonly runs: number
  readonly commands: number
  readonly laws: ReadonlyArray<LawOutcome<L>>
  /** Whether the implementation follows the model. */
  readonly verdict: RoleVerdict
  readonly divergence?: Divergence<L, O>
  /** The steps that lead to the divergence, for a replay token. */
  readonly steps?: ReadonlyArray<Step>
  /** Why nothing can be said. */
  readonly trouble?: string
}

/** Laws that were broken, each with what was noticed first. */
export class LawTally<L> {
  private readonly ids: ReadonlyArray<string>
  private readonly broken = new Map<string, Omit<LawOutcome<L>, "id" | "verdict">>()

  constructor(laws: ReadonlyArray<Law<L>>) {
    this.ids = historyLaws(laws).map(({ id }) => id)
  }

  /** Notes what a step broke in which implementation and model agree. */
  note(broken: ReadonlyArray<BrokenLaw>, story: ReadonlyArray<Move<L, unknown>>): void {
    for (const { law, why } of broken) {
      if (this.broken.has(law)) continue
      this.broken.set(law, { why, story: story.map(({ rule, actor, labels }) => ({ rule, actor, labels })) })
    }
  }

  /** All laws, with those of a divergence among the broken ones. */
  outcomes(divergence: ReadonlyArray<BrokenLaw>): ReadonlyArray<LawOutcome<L>> {
    return this.ids.map((id) => {
      const why = divergence.find(({ law }) => law === id)?.why
      const broken = why === undefined ? this.broken.get(id) : { why }
      return broken === undefined ? { id, verdict: "pass" } : { id, verdict: "fail", ...broken }
    })
  }
}
