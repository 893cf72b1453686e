import type { UpgradeStep } from "../../../spec/raft-upgrade/labels.ts"
import { firstRetryMs, greatestRetryMs } from "../../../spec/raft-upgrade/messages.ts"
import { sleep } from "../../runtime/waits.ts"
import type { Context } from "./context.ts"

/** The rounds of one step: each that came to nothing is followed by a rest, twice as long as the one before. */
export class Rounds {
  readonly #context: Context
  readonly #step: UpgradeStep
  #round = 0

  constructor(context: Context, step: UpgradeStep) {
    this.#context = context
    this.#step = step
  }

  /** Waits before the next round. Source: service/raft/raft_group0.cc sleep_with_exponential_backoff. */
  async rest(): Promise<void> {
    const { self, tell, clock, signal } = this.#context
    this.#round++
    const ms = Math.min(greatestRetryMs, firstRetryMs * 2 ** (this.#round - 1))
    tell({ _tag: "RetryIn", node: self, step: this.#step, round: this.#round, ms })
    await sleep(clock, ms, signal)
  }
}

/** The step is done. */
export const ended = ({ self, tell }: Context, step: UpgradeStep): void => tell({ _tag: "StepEnded", node: self, step })
