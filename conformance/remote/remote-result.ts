/** What came of checking an adapter in one role, as plain data. */
import type { Law } from "../../spec/law.ts"
import type { Divergence } from "../kit/divergence.ts"
import type { LawStory } from "../kit/law-walk.ts"
import type { Verdict } from "../report/report.ts"
import type { Exercised } from "./exercise.ts"
import type { Reached } from "./guided/novelty.ts"
import type { RemoteTour } from "./tour-remote.ts"

/** One thing that was looked at, with why it could not be where that is so. */
export interface Finding {
  /** Such as `determinism`; part of a stable case id. */
  readonly what: string
  readonly verdict: Verdict
  readonly why?: string
}

/** How a variant fared. */
export interface VariantFinding<L, O> {
  readonly name: string
  /** `pass` where it explains everything that was seen; `flaky` where what it does not explain was not seen again. */
  readonly verdict: "pass" | "fail" | "unknown" | "flaky"
  readonly why?: string
  /** How far walks came in it, as long as it explained what was seen; absent where none were taken. */
  readonly reached?: Reached
  readonly divergence?: Divergence<L, O>
}

/** A tour of the bounded role in one variant. */
export interface TourFinding<L, O> extends Omit<RemoteTour<L, O>, "steps"> {
  readonly variant: string
  /** `flaky` where a difference was not seen again; nothing where there was none. */
  readonly verdict?: "pass" | "fail" | "unknown" | "flaky"
  readonly why?: string
}

export interface RemoteResult<L, O> {
  readonly implementation: string
  readonly role: string
  /** What it is written in, as the adapter tells it; nothing where it never came to that. */
  readonly language?: string
  readonly way: string
  readonly runs: number
  /** Inputs given, without those of shortening a story. */
  readonly inputs: number
  readonly laws: ReadonlyArray<Law<L>>
  readonly broken: ReadonlyArray<LawStory<L, unknown>>
  readonly variants: ReadonlyArray<VariantFinding<L, O>>
  readonly findings: ReadonlyArray<Finding>
  /** What walks have exercised; nothing where none was taken. */
  readonly exercised?: Exercised
  readonly tour?: TourFinding<L, O>
  readonly trouble?: string
}
