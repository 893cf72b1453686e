/** What is found out about each law while a system is explored. */
import type { Law } from "../../spec/law.ts"
import type { StoryStep } from "./errors.ts"
import type { LawResult } from "./exploration.ts"
import type { LoopStep, Waiter } from "./liveness/judge.ts"
import type { Stories } from "./path.ts"
import type { Reached } from "./reached.ts"
import { type Aim, retell } from "./retell.ts"
import type { Listener } from "./successors.ts"
import type { Mark } from "./tables.ts"

/** Where a law was first violated or witnessed: at a state, or on a step from it. */
interface Finding {
  readonly state: number
  readonly step?: { readonly rule: number; readonly list: number }
  /** Who waits there for ever, and how the run goes round meanwhile. */
  readonly hang?: { readonly why: string; readonly loop: ReadonlyArray<LoopStep> }
}

/** A witness farther away than this many states is told as it was found: choosing among its stories could cost more than finding it. */
const farWitness = 1 << 16

/** The first finding for each law. States are judged in breadth-first order, so the first is a nearest one. */
export class Verdicts<L> implements Listener, Waiter {
  private readonly laws: ReadonlyArray<Law<L>>
  private readonly findings: Array<Finding | undefined>

  constructor(laws: ReadonlyArray<Law<L>>) {
    this.laws = laws
    this.findings = laws.map(() => undefined)
  }

  heard({ law }: Mark, from: number, rule: number, list: number): void {
    this.findings[law] ??= { state: from, step: { rule, list } }
  }

  /** The law at this position is violated at `state`. */
  violatedAt(law: number, state: number): void {
    this.findings[law] ??= { state }
  }

  hangsAt(law: number, state: number, why: string, loop: ReadonlyArray<LoopStep>): void {
    this.findings[law] ??= { state, hang: { why, loop } }
  }

  /** Whether anything was found about the law at this position. */
  has(law: number): boolean {
    return this.findings[law] !== undefined
  }

  /** The result for every law, violations with the shortest story that changes actors least often. */
  results(complete: boolean, reached: Reached<L>, stories: Stories<L>): ReadonlyArray<LawResult<L>> {
    const aims = this.laws.flatMap((_, law) => this.aim(law))
    const told = new Map(retell(reached, aims).map((chosen, k) => [aims[k]!.law, chosen]))
    return this.laws.map(({ id, modality }, law) => {
      const finding = this.findings[law]
      if (finding === undefined) {
        return { id, modality, verdict: !complete ? "unknown" : modality === "sometimes" ? "never" : "holds" }
      }
      const chosen = told.get(law)
      const stem = chosen?.arrows.map(({ rule, list }) => stories.step(rule, list)) ?? asFound(finding, stories)
      const length = stem.length
      if (modality === "sometimes") return { id, modality, verdict: "witnessed", length, story: stem }
      const loop = (finding.hang?.loop ?? []).map(({ from, to, rule }) => stories.between(from, to, rule))
      const why = finding.hang?.why ?? chosen!.why!
      const lasso = loop.length === 0 ? {} : { lasso: length }
      return { id, modality, verdict: "violated", length, why, story: [...stem, ...loop], ...lasso }
    })
  }

  /** What a better story about the law at this position shall show, where it is worth looking for. */
  private aim(law: number): ReadonlyArray<Aim> {
    const finding = this.findings[law]
    if (finding === undefined) return []
    const { state, step, hang } = finding
    if (this.laws[law]!.modality === "sometimes" && state >= farWitness) return []
    return [{ law, state, within: step !== undefined ? "steps" : hang === undefined ? "states" : "exactly" }]
  }
}

const asFound = <L>({ state, step }: Finding, stories: Stories<L>): ReadonlyArray<StoryStep<L>> => {
  const story = stories.to(state)
  return step === undefined ? story : [...story, stories.step(step.rule, step.list)]
}
