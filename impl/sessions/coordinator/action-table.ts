import type { TabletId } from "../../../spec/sessions/metadata.ts"
import type { Clock } from "../../runtime/clock.ts"

/** How long a failure is kept back, so that what fails at once is not tried in a tight loop (M79). */
export const throttleMs = 1000

/** What runs beside the pump for a stage: its barrier, or what it asks of nodes. */
export type ActionKind = "barrier" | "task"

/**
 * Absent where it was never started. A success stays; a failure is started again, or leads back. `noRoom` is a failure of which it
 * is known that the same would fail again, for a disk is full.
 */
export type ActionState = "running" | "failed" | "noRoom" | "succeeded"

/** Says whether an action succeeded, and if it did not, whether that was for want of room. */
export type Settle = (ok: boolean, isFull?: boolean) => void

/**
 * What one incarnation of the coordinator has started for each tablet and stage, and how it went. A result is for its stage alone,
 * and is forgotten with the transition (M35).
 *
 * Source: service/topology_coordinator.cc tablet_migration_state, advance_in_background; dossier `sessions.md` 1.4.
 */
export class ActionTable {
  readonly #clock: Clock
  readonly #news: () => void
  /** By tablet, and under none what concerns the topology as a whole. */
  readonly #actions = new Map<TabletId | undefined, Map<string, ActionState>>()
  readonly #timers = new Set<() => void>()

  constructor(clock: Clock, news: () => void) {
    this.#clock = clock
    this.#news = news
  }

  state(tablet: TabletId | undefined, action: string): ActionState | undefined {
    return this.#actions.get(tablet)?.get(action)
  }

  /** Notes that an action runs. The function returned is called with how it ended. */
  begin(tablet: TabletId | undefined, action: string): Settle {
    const known = this.#actions.get(tablet)
    const actions = known ?? new Map<string, ActionState>()
    if (known === undefined) this.#actions.set(tablet, actions)
    actions.set(action, "running")
    const settle = (state: ActionState): void => {
      actions.set(action, state)
      this.#news()
    }
    return (ok, isFull = false) => {
      if (ok) return settle("succeeded")
      const cancel = this.#clock.setTimer(throttleMs, () => {
        this.#timers.delete(cancel)
        settle(isFull ? "noRoom" : "failed")
      })
      this.#timers.add(cancel)
    }
  }

  /** Forgets what was done for a transition. What still runs for it is not heard of any more. */
  forget(tablet: TabletId): void {
    this.#actions.delete(tablet)
  }

  /** Forgets what was done for tablets that are not in transition. */
  keepOnly(inTransition: ReadonlySet<TabletId>): void {
    for (const tablet of this.#actions.keys())
      if (tablet !== undefined && !inTransition.has(tablet)) this.forget(tablet)
  }

  /** Nothing is reported any more. */
  stop(): void {
    for (const cancel of this.#timers) cancel()
    this.#timers.clear()
  }
}
