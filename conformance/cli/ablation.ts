/** Ablation: each assumption of a protocol off in turn, and which laws stand on it. */
import type { LawResult } from "../../model/explorer/exploration.ts"
import type { Scope } from "../../model/kernel/scope.ts"
import type { Ablation } from "../report/report.ts"
import type { Label } from "../report/story.ts"
import { type ExploredScope, exploreScope } from "./explored-scope.ts"
import { fits } from "./fitting-scopes.ts"
import type { Protocol } from "./protocols.ts"
import type { Shell } from "./shell.ts"

/** A scope larger than this, with all assumptions on, is left out: six times as often explored, it would take minutes. */
export const mostStates = 20_000

/** A law that breaks, and where. */
export interface Broken {
  readonly law: LawResult<Label>
  readonly explored: ExploredScope
}

/** An assumption with all that breaks without it, the shortest story first. */
export interface Ablated extends Ablation {
  readonly broken: ReadonlyArray<Broken>
}

/** Scopes that assume something and in which every law holds, so that whatever breaks breaks for want of the assumption. */
export const ablatable = ({ scopes, assumptions }: Protocol): ReadonlyArray<Scope<Label>> =>
  scopes
    .filter(({ mustFail, pinned }) => mustFail.length === 0 && pinned.distinct <= mostStates)
    .filter((scope) => assumptions.every(({ id }) => fits(scope, { variant: {}, without: [id] })))

/** Switches off each assumption in turn, until somebody interrupts. An assumption that was begun and not ended is left out. */
export const ablate = (
  { assumptions }: Protocol,
  scopes: ReadonlyArray<Scope<Label>>,
  shell: Shell
): ReadonlyArray<Ablated> => {
  const ablations: Array<Ablated> = []
  for (const { id, sentence } of assumptions) {
    const shortest = new Map<string, Broken>()
    for (const scope of scopes) {
      const explored = exploreScope(scope, { variant: {}, without: [id] }, shell)
      if (!explored.found.complete) return ablations
      for (const law of explored.found.laws) {
        const known = shortest.get(law.id)
        if (law.verdict === "violated" && (known === undefined || lengthOf(law) < lengthOf(known.law)))
          shortest.set(law.id, { law, explored })
      }
    }
    const broken = [...shortest.values()].toSorted((one, other) => lengthOf(one.law) - lengthOf(other.law))
    const laws = broken.map(({ law, explored }) => ({ id: law.id, length: lengthOf(law), scope: explored.scope.name }))
    ablations.push({ assumption: id, sentence, laws, broken })
  }
  return ablations
}

const lengthOf = ({ length = 0 }: LawResult<Label>): number => length
