/** What is found out about each law while a system is explored. */
import type { Law } from "../../spec/law.ts"
import type { StoryStep } from "./errors.ts"
import type { LawResult } from "./exploration.ts"
import type { LoopStep, Waiter } from "./liveness/judge.ts"
import type { Stories } from "./path.ts"
import type { Listener } from "./successors.ts"
import type { Mark } from "./tables.ts"

/** Where a law was first violated or witnessed: at a state, or on a step from it. */
interface Finding {
  readonly state: number
  readonly step?: { readonly rule: number; readonly list: number }
  readonly why?: string
  /** How a run that waits for ever goes round from there. */
  readonly loop?: ReadonlyArray<LoopStep>
}

/** The first finding for each law. States are judged in breadth-first order, so the first is a nearest one. */
export class Verdicts<L> implements Listener, Waiter {
  private readonly laws: ReadonlyArray<Law<L>>
  private readonly findings: Array<Finding | undefined>

  constructor(laws: ReadonlyArray<Law<L>>) {
    this.laws = laws
    this.findings = laws.map(() => undefined)
  }

  heard({ law, why }: Mark, from: number, rule: number, list: number): void {
    this.findings[law] ??= { state: from, step: { rule, list }, ...(why === undefined ? {} : { why }) }
  }

  /** The law at this position is violated at `state`. */
  violatedAt(law: number, state: number, why: string): void {
    this.findings[law] ??= { state, why }
  }

  hangsAt(law: number, state: number, why: string, loop: ReadonlyArray<LoopStep>): void {
    this.findings[law] ??= { state, why, loop }
  }

  /** Whether anything was found about the law at this position. */
  has(law: number): boolean {
    return this.findings[law] !== undefined
  }

  /** The result for every law. */
  results(complete: boolean, stories: Stories<L>): ReadonlyArray<LawResult<L>> {
    return this.laws.map(({ id, modality }, law) => {
      const finding = this.findings[law]
      if (finding === undefined) {
        const verdict = !complete ? "unknown" : modality === "sometimes" ? "never" : "holds"
        return { id, modality, verdict }
      }
      const stem = tell(finding, stories)
      const loop = (finding.loop ?? []).map(({ from, to, rule }) => stories.between(from, to, rule))
      const verdict = modality === "sometimes" ? "witnessed" : "violated"
      const why = finding.why === undefined ? {} : { why: finding.why }
      const lasso = loop.length === 0 ? {} : { lasso: stem.length }
      return { id, modality, verdict, length: stem.length, ...why, story: [...stem, ...loop], ...lasso }
    })
  }
}

const tell = <L>({ state, step }: Finding, stories: Stories<L>): ReadonlyArray<StoryStep<L>> => {
  const story = stories.to(state)
  return step === undefined ? story : [...story, stories.step(step.rule, step.list)]
}
