/** What is found while states are expanded. */
import type { Listener } from "./successors.ts"

/** Who hears what laws say, and of states in which nothing is enabled. */
export interface Findings extends Listener {
  violatedAt(law: number, state: number): void
  endsAt(state: number): void
}
