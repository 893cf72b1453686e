import type { NodeId } from "../../../spec/metadata.ts"
import type { UpgradeStep } from "../../../spec/raft-upgrade/labels.ts"
import { firstRetryMs, greatestRetryMs } from "../../../spec/raft-upgrade/messages.ts"
import type { Clock } from "../../runtime/clock.ts"
import { sleep } from "../../runtime/waits.ts"
import type { Journal } from "../journal.ts"

/** Whose rounds they are. */
export interface RoundsContext {
  readonly self: NodeId
  readonly tell: Journal
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** The rounds of one step: each that came to nothing is followed by a rest, twice as long as the one before. */
export class Rounds {
  protected readonly context: RoundsContext
  readonly #step: UpgradeStep
  #round = 0

  constructor(context: RoundsContext, step: UpgradeStep) {
    this.context = context
    this.#step = step
  }

  /** Waits before the next round. Source: service/raft/raft_group0.cc sleep_with_exponential_backoff. */
  async rest(): Promise<void> {
    const { self, tell, clock, signal } = this.context
    this.#round++
    const ms = this.pause(this.#round)
    tell({ _tag: "RetryIn", node: self, step: this.#step, round: this.#round, ms })
    await sleep(clock, ms, signal)
  }

  /** How long to wait before a round, counted from 1. */
  protected pause(round: number): number {
    return Math.min(greatestRetryMs, firstRetryMs * 2 ** (round - 1))
  }
}

/** The step is done. */
export const ended = ({ self, tell }: Pick<RoundsContext, "self" | "tell">, step: UpgradeStep): void =>
  tell({ _tag: "StepEnded", node: self, step })
