import type { SessionId } from "../../../spec/sessions/ids.ts"
import { type NodeAnswer, type NodeRequest, type Row, WorkId } from "../../../spec/sessions/messages.ts"
import type { NodeId, TabletId } from "../../../spec/sessions/metadata.ts"
import type { NodeContext } from "./node-context.ts"
import { Refused, unlessAborted } from "./refused.ts"
import { reconciled } from "./rows.ts"

type RepairRows = Extract<NodeRequest, { readonly _tag: "RepairRows" }>

export interface RepairOrder {
  readonly tablet: TabletId
  readonly session: SessionId
  readonly signal: AbortSignal
  /** Hears of each follower's work before it is sent. */
  readonly sent?: (work: WorkId) => void
}

/** Whose rows are merged, and who gets what it lacks of them; the latter are among the former. */
export interface RepairRound {
  readonly from: ReadonlyArray<NodeId>
  readonly to: ReadonlyArray<NodeId>
}

/**
 * One repair at the node that leads it: followers say what they have, some of them are given what they lack, and all let go.
 *
 * Source: repair/row_level.cc repair_meta; dossier `sessions.md` 2.9.
 */
export class RepairMaster {
  readonly #node: NodeContext
  readonly #order: RepairOrder
  readonly #round: WorkId

  constructor(node: NodeContext, order: RepairOrder) {
    this.#node = node
    this.#order = order
    this.#round = node.newWork()
  }

  /** Refused with: StreamFailed, AbortRequested. */
  async run({ from, to }: RepairRound): Promise<void> {
    const started: NodeId[] = []
    try {
      const rows: Row[] = []
      for (const follower of from) {
        started.push(follower)
        this.#order.sent?.(this.#workOf(follower))
        rows.push(...(await this.#ask(follower, "start")))
      }
      const merged = reconciled(rows)
      for (const follower of to) await this.#ask(follower, "put", merged)
    } finally {
      await this.#stop(started)
    }
  }

  /** Followers that do not hear of the end stay until their session closes. */
  async #stop(started: ReadonlyArray<NodeId>): Promise<void> {
    const { injections } = this.#node.parts
    const skipped = injections.isEnabled("repair_row_level_stop_skip_cleanup")
    const told = started.filter((follower) => !skipped || follower === this.#node.self)
    await Promise.allSettled(told.map((follower) => this.#ask(follower, "stop")))
  }

  async #ask(
    follower: NodeId,
    step: NonNullable<RepairRows["step"]>,
    rows: ReadonlyArray<Row> = []
  ): Promise<ReadonlyArray<Row>> {
    const { tablet, session, signal } = this.#order
    const request: RepairRows = { _tag: "RepairRows", tablet, session, rows, work: this.#workOf(follower), step }
    return rowsOf(await unlessAborted(signal, this.#node.parts.network.ask(follower, request)))
  }

  #workOf(follower: NodeId): WorkId {
    return WorkId.make(`${this.#round}/${follower}`)
  }
}

const rowsOf = (answer: NodeAnswer): ReadonlyArray<Row> => {
  if (answer._tag === "Rows") return answer.rows
  throw new Refused("StreamFailed")
}
