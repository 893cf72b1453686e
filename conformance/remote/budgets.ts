/** How long the kit waits, in milliseconds. */
export interface Budgets {
  /** From the start of a process to its answer to `hello`. */
  readonly handshake: number
  /** One `start`, `input`, `observe`, `advance` or `fault`. */
  readonly input: number
  readonly sync: number
  /** A whole sequence of inputs in one frame. */
  readonly trace: number
  /** All walks and the tour of one role. */
  readonly run: number
}

export const usualBudgets: Budgets = { handshake: 20_000, input: 5_000, sync: 5_000, trace: 30_000, run: 3_600_000 }
