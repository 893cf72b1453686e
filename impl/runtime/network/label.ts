import type { Journal } from "../journal.ts"

/** What a network tells of itself: a connection broke. What was on its way may be lost; what had arrived goes on. */
interface NetworkLabel {
  readonly _tag: "ConnectionBroke"
  readonly from: string
  readonly to: string
}

export type NetworkJournal = Journal<NetworkLabel>
