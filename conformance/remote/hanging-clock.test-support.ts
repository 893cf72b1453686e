/** Patience with processes that say when they hang, so that no verdict depends on how busy a machine is. */
import { readFileSync, writeFileSync } from "node:fs"
import type { Dialer, Link } from "../transport/link.ts"
import { hasty } from "./altered.test-support.ts"
import { type Cancel, type Clock, wallClock } from "./clock.ts"

const lookMs = 5

/** Where somebody tells that he hangs: each `.` is for one answer that never comes, a `!` for all that are asked for from then on. */
export interface Marks {
  read(): string
  /** Somebody else is called, who does not hang yet. */
  clear(): void
}

export const marksIn = (file: string): Marks => ({
  read: () => readFileSync(file, "utf8"),
  clear: () => writeFileSync(file, "")
})

/** A dialer, and a clock by which the budget of an answer is spent once whoever is called has told that he hangs. */
export const untilHanging = (marks: Marks, dialer: Dialer): { readonly dialer: Dialer; readonly clock: Clock } => {
  const clock = new HangingClock(marks)
  const dial = (): Link => {
    clock.anew()
    return dialer.dial()
  }
  return { dialer: { ...dialer, dial }, clock }
}

class HangingClock implements Clock {
  private readonly marks: Marks
  private heard = 0

  constructor(marks: Marks) {
    this.marks = marks
  }

  anew(): void {
    this.heard = 0
    this.marks.clear()
  }

  after(ms: number, over: () => void): Cancel {
    return ms === hasty.input ? whenever(() => this.isHanging(), over) : wallClock.after(ms, over)
  }

  private isHanging(): boolean {
    const marks = this.marks.read()
    return marks.includes("!") || (marks.length > this.heard && ++this.heard > 0)
  }
}

const whenever = (isSo: () => boolean, then: () => void) => {
  const looking = setInterval(() => {
    if (!isSo()) return
    clearInterval(looking)
    then()
  }, lookMs)
  return () => clearInterval(looking)
}
