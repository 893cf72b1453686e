/** Disturbances that change nothing which can be seen: a crash with a restart, a pause, and time in a role that knows none. */
import { type Capabilities, type FaultKind, hasFault, hasOp } from "../protocol/capabilities.ts"
import type { DisturbedSession, Moved } from "./remote-adapter.ts"

export interface Disturbance {
  /** Part of a stable case id. */
  readonly what: string
  /** Where it happens, as a sentence begins. */
  readonly told: string
  /** Between a walk and another one that has to go as if it were the first, or else in the middle of a walk. */
  readonly between: boolean
  /** The capability that it needs and that is not there. */
  missing(caps: Capabilities): string | undefined
  /** One after the other. What they are called is what is told where nobody knows whether they have happened. */
  readonly steps: ReadonlyArray<DisturbingStep>
}

export interface DisturbingStep {
  readonly name: string
  /** Whether something may come out of it: the last words of the dying are nobody's affair. */
  readonly mayTell: boolean
  take<I, O, V>(session: DisturbedSession<I, O, V>): Promise<Moved<O>>
}

/** Longer than anything that an implementation waits for. */
const hourMs = 3_600_000

const fault = (kind: FaultKind, mayTell: boolean): DisturbingStep => ({
  name: kind,
  mayTell,
  take: (session) => session.fault(kind)
})

const missingFault =
  (...kinds: ReadonlyArray<FaultKind>) =>
  (caps: Capabilities): string | undefined => {
    const kind = kinds.find((kind) => !hasFault(caps, kind))
    return kind && `fault with ${kind}`
  }

export const disturbances: ReadonlyArray<Disturbance> = [
  {
    what: "restart",
    told: "behind a restart",
    between: true,
    missing: missingFault("crash", "restart"),
    // The roles that are known here keep nothing beyond a death.
    steps: [fault("crash", true), fault("restart", true)]
  },
  {
    what: "pause",
    told: "around a pause",
    between: false,
    missing: missingFault("pause", "resume"),
    steps: [fault("pause", false), fault("resume", false)]
  },
  {
    what: "time",
    told: "as an hour passed",
    between: false,
    missing: (caps) => {
      if (caps.clock !== "virtual") return "clock virtual"
      return hasOp(caps, "advance") ? undefined : "advance"
    },
    // The roles that are known here know no time.
    steps: [{ name: "advance", mayTell: false, take: (session) => session.advance(hourMs) }]
  }
]

/** Faults of a network between nodes. */
export const networkFaults: ReadonlyArray<FaultKind> = ["partition", "heal", "drop", "delay", "duplicate", "reorder"]
