import { nullSession, type SessionId } from "../../../spec/sessions/ids.ts"
import { type NodeAnswer, type NodeRequest, type Row, WorkId } from "../../../spec/sessions/messages.ts"
import type { NodeId } from "../../../spec/sessions/metadata.ts"
import { readFrom } from "../coordinator/sources.ts"
import type { NodeContext } from "./node-context.ts"
import { failPoint, Refused, unlessAborted } from "./refused.ts"
import { reconciled } from "./rows.ts"
import type { Order, Plan } from "./tablet-operations.ts"

type RepairRows = Extract<NodeRequest, { readonly _tag: "RepairRows" }>

/**
 * Makes all living replicas of a tablet the same, with this node as the primary that collects and merges.
 *
 * Enabled when: the stage is repair or rebuild_repair, this node is the first living replica, and the trigger came with the
 * transition's own session. A trigger without one is refused, and one with another never adopts the newer (M49, Q8, Q9). Effect:
 * every follower, this node among them, has what any of them had. Refused with: WrongStage, NotThisReplica, NoSession,
 * SessionNotFound, StreamFailed, AbortRequested.
 *
 * Source: service/storage_service.cc repair_tablet; repair/row_level.cc.
 */
export const repairPlan =
  (node: NodeContext): Plan =>
  (order) => {
    const { tablet, transition, asked } = order
    if (transition.stage !== "repair" && transition.stage !== "rebuild_repair") throw new Refused("WrongStage")
    const followers = readFrom(tablet, node.ignored)
    if (followers[0] !== node.self) throw new Refused("NotThisReplica")
    if (asked === undefined || asked === nullSession || transition.session === null) throw new Refused("NoSession")
    if (asked !== transition.session) throw new Refused("SessionNotFound")
    return { session: asked, run: () => new Repair(node, order, asked, followers).run() }
  }

/** One repair at its primary. */
class Repair {
  readonly #node: NodeContext
  readonly #order: Order
  readonly #session: SessionId
  readonly #followers: ReadonlyArray<NodeId>
  readonly #round: WorkId

  constructor(node: NodeContext, order: Order, session: SessionId, followers: ReadonlyArray<NodeId>) {
    this.#node = node
    this.#order = order
    this.#session = session
    this.#followers = followers
    this.#round = node.newWork()
  }

  async run(): Promise<void> {
    const { injections } = this.#node.parts
    if (this.#order.transition.stage === "rebuild_repair")
      failPoint(injections, "rebuild_repair_stage_fail", "StreamFailed")
    const started: NodeId[] = []
    try {
      const rows: Row[] = []
      for (const follower of this.#followers) {
        started.push(follower)
        rows.push(...(await this.#ask(follower, "start")))
      }
      const merged = reconciled(rows)
      for (const follower of this.#followers) await this.#ask(follower, "put", merged)
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
    const work = WorkId.make(`${this.#round}/${follower}`)
    const { tablet } = this.#order.tablet
    const request: RepairRows = { _tag: "RepairRows", tablet, session: this.#session, rows, work, step }
    return rowsOf(await unlessAborted(this.#order.signal, this.#node.parts.network.ask(follower, request)))
  }
}

const rowsOf = (answer: NodeAnswer): ReadonlyArray<Row> => {
  if (answer._tag === "Rows") return answer.rows
  throw new Refused("StreamFailed")
}
