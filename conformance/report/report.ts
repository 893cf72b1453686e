/**
 * What a run of the kit found, as plain data.
 *
 * It can be written as JSON and told again later, without the implementation and without the run.
 */
import type { Divergence } from "./divergence.ts"

/** How a question was answered. A run is green when every verdict is pass, known-failure, unsupported or not-applicable. */
export type Verdict =
  | "pass"
  | "fail"
  | "known-failure"
  | "unsupported"
  | "not-applicable"
  | "unknown"
  | "unexpected-pass"
  | "flaky"
  | "nondeterministic"
  | "adapter-error"

/** What one law had to say of an implementation. */
export interface LawVerdict {
  readonly id: string
  readonly verdict: Verdict
}

/** One implementation in one role, checked in one way. */
export interface ProtocolResult {
  readonly protocol: string
  readonly role: string
  /** How the kit reached it: `in process` or `wire`. */
  readonly way: string
  readonly runs: number
  readonly commands: number
  readonly laws: ReadonlyArray<LawVerdict>
  readonly verdict: Verdict
  /** Wall time; left out where the same seed must give the same bytes. */
  readonly seconds?: number | undefined
  readonly divergences: ReadonlyArray<Divergence>
}

/** A scope that was walked to its end. */
export interface Exploration {
  /** Left out where all scopes are of one protocol. */
  readonly protocol?: string | undefined
  readonly scope: string
  readonly distinct: number
  readonly generated: number
  readonly depth: number
  readonly seconds?: number | undefined
  /** What became of the laws, such as `all 21 hold` or `DCP-L1 breaks in 11`. */
  readonly laws: string
  readonly asExpected: boolean
  /** Not all was seen, so that nobody can say more. */
  readonly partial?: boolean | undefined
}

/** What breaks once an assumption is switched off, each law with the scope in which its story is shortest. */
export interface Ablation {
  readonly assumption: string
  readonly sentence: string
  readonly laws: ReadonlyArray<{ readonly id: string; readonly length: number; readonly scope: string }>
}

/** A mutant and what became of it. */
export interface MuseumEntry {
  /** Left out where all mutants are of one protocol. */
  readonly protocol?: string | undefined
  readonly id: string
  /** `killed`, `survived`, `equivalent`. */
  readonly verdict: string
  /** The law that it breaks. */
  readonly law: string
  /** What found it, such as a scope or the commands. */
  readonly by: string
  /** Steps of the shortest story. */
  readonly length?: number | undefined
  readonly ms?: number | undefined
  /** What became of it in process, where it was behind an adapter: the law that it breaks there, or its verdict. */
  readonly inProcess?: string | undefined
  /** The change that makes it a mutant. */
  readonly what: string
}

/** What a command found out, before it is told: results of roles, and explorations. */
export interface Report {
  readonly kit: string
  readonly seed: number
  readonly results: ReadonlyArray<ProtocolResult>
  readonly explorations?: ReadonlyArray<Exploration> | undefined
}

const unjudged: ReadonlySet<Verdict> = new Set(["unsupported", "not-applicable"])

/** How many laws had something to say. */
export const lawsChecked = ({ laws }: ProtocolResult): number =>
  laws.filter(({ verdict }) => !unjudged.has(verdict)).length
