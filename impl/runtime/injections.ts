/**
 * Error injections: named places in the code where a test may stop, fail or wake what runs there.
 *
 * The names are those of the protocol's dossier (`migration_streaming_wait`, `pause_build_range_task` and so on). Each node has its own.
 */
export interface Injections {
  enable(name: string, options?: { readonly once?: boolean }): void
  disable(name: string): void
  isEnabled(name: string): boolean
  /** Wakes what waits at the place, or the next that comes there. */
  message(name: string): void
  /** How often the place was reached while enabled: what a test polls. */
  reached(name: string): number
  /** At a place that may fail: throws `Injected` if enabled. */
  fail(name: string): void
  /** At a place that may stop: waits, if enabled, for a message or until it is disabled. */
  wait(name: string): Promise<void>
}

/** Thrown where a test asked for a failure. */
export class Injected extends Error {
  override readonly name = "Injected"
}
