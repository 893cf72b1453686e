/**
 * Error injections: named places in the code where a test may stop, fail or wake what runs there.
 *
 * The names are those of the protocol's dossier (`migration_streaming_wait`, `pause_build_range_task` and so on). Each node has its own.
 * Source: utils/error_injection.hh.
 */
import type { Clock } from "./clock.ts"

/** What tells one who comes to a place from another, such as the token of a tablet. */
export type Particulars = Readonly<Record<string, string | number>>

export interface EnableOptions {
  /** Used up by the first who comes. */
  readonly once?: boolean
  /** Only who comes with these particulars is meant. */
  readonly only?: Particulars
}

/** How somebody comes to a place. */
export interface Visit {
  /** Ends the wait: it rejects with `Aborted`. */
  readonly signal?: AbortSignal
  readonly as?: Particulars
}

export interface Injections {
  enable(name: string, options?: EnableOptions): void
  disable(name: string): void
  isEnabled(name: string): boolean
  /** Wakes what waits at the place, or the next that comes there. */
  message(name: string): void
  /** Whether a message has come that nobody has taken; it is taken by that. For what goes on meanwhile instead of waiting. */
  poll(name: string): boolean
  /** How often the place was reached while enabled: what a test polls. */
  reached(name: string): number
  /** At a place that may fail: throws `Injected` if enabled. */
  fail(name: string): void
  /** At a place that may stop: waits, if enabled, for a message or until it is disabled. */
  wait(name: string, visit?: Visit): Promise<void>
  /** At a place that may be slow: lets time pass, if enabled, unless a message comes before or it is disabled. */
  sleep(name: string, clock: Clock, milliseconds: number, visit?: Visit): Promise<void>
}

/** Thrown where a test asked for a failure. */
export class Injected extends Error {
  override readonly name = "Injected"
}
