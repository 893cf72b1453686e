/** What an exploration is asked for and what it finds. */
import type { Law } from "../../spec/law.ts"
import type { Counts } from "../kernel/scope.ts"
import type { Certificate } from "./certificate.ts"
import type { Checkpoint } from "./checkpoint.ts"
import type { StoryStep } from "./errors.ts"
import type { SharedMemory } from "./team/shared.ts"
import type { Walked } from "./walked.ts"

/** What one can say about a law. Absence and liveness on an incomplete graph are `unknown`, never `holds`. */
export type Verdict = "holds" | "violated" | "witnessed" | "never" | "unknown"

/** A law's verdict, with the shortest story where there is one to tell. */
export interface LawResult<L> {
  readonly id: string
  readonly modality: Law<L>["modality"]
  readonly verdict: Verdict
  /**
   * Steps of the story, the breaking or witnessing one included.
   *
   * For `leadsTo`, steps to the state from which a fair run may wait for ever: where it stops, or where its loop begins.
   */
  readonly length?: number
  readonly why?: string
  readonly story?: ReadonlyArray<StoryStep<L>>
  /** Where in the story the steps begin that go round for ever. Absent where the run simply stops. */
  readonly lasso?: number
}

/** States in which no rule is enabled. They are facts, not violations: a protocol may well come to an end. */
export interface DeadEnds<L> {
  readonly states: number
  /** The shortest story to one. */
  readonly length?: number
  readonly story?: ReadonlyArray<StoryStep<L>>
}

/** How an exploration is going. */
export interface Progress {
  readonly states: number
  readonly generated: number
  readonly depth: number
  /** States stored whose successors are not known yet. */
  readonly queue: number
  /** Bytes that the state store takes. */
  readonly bytes: number
}

/** Where an exploration stops, and whom it tells how far it is. */
export interface ExploreOptions {
  /** No further state is expanded once this many are stored. */
  readonly maxStates?: number
  /** No further state is expanded once the state store takes this many bytes. */
  readonly maxMemoryBytes?: number
  /** Given everything needed to go on after a crash, each time so many states were expanded. One thread only. */
  readonly onCheckpoint?: (checkpoint: Checkpoint) => void
  readonly checkpointEvery?: number
  /** Where to go on. */
  readonly resume?: Checkpoint
  /** Stop at the end of the level in which the last of these laws has been found violated. */
  readonly stopWhenAllOf?: ReadonlyArray<string>
  readonly onProgress?: (progress: Progress) => void
  /** States expanded between two reports of progress. */
  readonly progressEvery?: number
  /** Asked now and then; the exploration ends, incomplete, once it says yes. */
  readonly interrupted?: () => boolean
  /** Ask for a certificate, which a complete exploration then has. */
  readonly certified?: boolean
  /**
   * The states after which expanding a small system is done by code written out for it: that takes long to compile, and is
   * the fastest. 131,072 unless told.
   */
  readonly writtenOutFrom?: number
  /** Memory shared with workers that help. Everyone must explore the same system. */
  readonly team?: SharedMemory
  /** A clock in milliseconds. Without one nothing is timed, for the model has no clock of its own. */
  readonly now?: () => number
}

/** How much work it was, and how little of it was done by the readable functions. */
export interface Stats {
  readonly ruleCalls: number
  readonly ruleLookups: number
  readonly applyCalls: number
  readonly viewCalls: number
  readonly lawCalls: number
  readonly labelLists: number
  readonly millis?: number
}

/** All that an exploration found. Plain data, and the same for the same system whenever no clock is passed in. */
export interface Exploration<L> {
  readonly system: string
  readonly counts: Counts
  /** Whether every reachable state was expanded. */
  readonly complete: boolean
  readonly stoppedBecause?: "maxStates" | "maxMemory" | "allViolated" | "interrupted" | "walked"
  /** In the order in which the system lists them. */
  readonly laws: ReadonlyArray<LawResult<L>>
  readonly deadEnds: DeadEnds<L>
  /** How often each rule fired, and on how many distinct footprints it was asked: a wide one shows. */
  readonly rules: ReadonlyArray<{ readonly name: string; readonly fired: number; readonly keys: number }>
  /** The rules that never fired: either the bounds leave them no room, or they can never be enabled. */
  readonly neverFired: ReadonlyArray<string>
  /** How many distinct values each cell took. */
  readonly cells: ReadonlyArray<{ readonly name: string; readonly values: number }>
  readonly memories: ReadonlyArray<{ readonly name: string; readonly values: number }>
  readonly stats: Stats
  readonly certificate?: Certificate
  /** What was walked, where counts are those of the states looked around from. */
  readonly walked?: Walked
}
