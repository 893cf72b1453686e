/** What a worker notes about the states of its slice, for the leader to look at again. */
import type { Findings } from "../findings.ts"
import type { Mark } from "../tables.ts"
import { own } from "./shared.ts"

/** Notes the first state at which each law has something to say, and states in which nothing is enabled. */
export class Notes implements Findings {
  private readonly laws = new Set<number>()
  private heardAt: Array<number> = []
  private ends = 0
  private firstEnd = 0

  heard({ law }: Mark, from: number): void {
    this.note(law, from)
  }

  violatedAt(law: number, state: number): void {
    this.note(law, state)
  }

  endsAt(state: number): void {
    if (this.ends++ === 0) this.firstEnd = state
  }

  /** Hands over what was noted since the last time. */
  publish(set: (what: number, value: number) => void, room: (count: number) => Int32Array): void {
    set(own.ends, this.ends)
    set(own.firstEnd, this.firstEnd)
    set(own.heard, this.heardAt.length)
    if (this.heardAt.length > 0) room(this.heardAt.length).set(this.heardAt)
    this.heardAt = []
    this.ends = 0
  }

  private note(law: number, state: number): void {
    if (this.laws.has(law)) return
    this.laws.add(law)
    this.heardAt.push(state)
  }
}
