/** How a small specification with a known verdict is written down. */

/** Waiting ends. */
export const holds = "holds"
/** A run stops after so many steps and waits for ever. */
export const stops = (length: number) => ({ length, loop: 0 })
/** After so many steps a run goes round so many steps for ever. */
export const round = (length: number, loop: number) => ({ length, loop })

/** A small specification and what is known about it. */
export interface Case {
  readonly title: string
  readonly steps: string
  readonly weak?: string
  readonly strong?: string
  /** The places where somebody waits. */
  readonly waits: ReadonlyArray<number>
  readonly verdict: typeof holds | { readonly length: number; readonly loop: number }
}
