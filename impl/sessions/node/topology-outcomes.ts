import type { TopologyRequestId } from "../../../spec/sessions/metadata.ts"
import type { ControlAnswer } from "../control.ts"
import type { Change } from "../coordinator/changes.ts"
import { failed, ordered } from "../coordinator/operator.ts"
import type { Group0 } from "../group0/group0.ts"
import { topologyOf } from "../ring.ts"
import type { Latch, Shard } from "./shard.ts"

/**
 * Topology requests that were asked for at this node, and those who wait for their end. A request goes on without this node: who
 * coordinates works by group 0's queue alone.
 *
 * Source: service/topology_state_machine.cc wait_for_request_completion; service/storage_service.cc truncate_table.
 */
export class TopologyOutcomes implements Latch {
  readonly #group0: Group0
  readonly #shard: Shard
  readonly #waiting = new Map<TopologyRequestId, (answer: ControlAnswer) => void>()

  constructor(group0: Group0, shard: Shard) {
    this.#group0 = group0
    this.#shard = shard
    shard.latch(this)
  }

  /** Puts a request into the queue and waits until it is over. */
  async ask(asking: (named: (request: TopologyRequestId) => void) => Change): Promise<ControlAnswer> {
    let request: TopologyRequestId | undefined
    const answer = await ordered(
      this.#group0,
      asking((name) => {
        request = name
      })
    )
    if (answer._tag !== "Done" || request === undefined) return answer
    const name = request
    return new Promise((over) => {
      this.#waiting.set(name, over)
      this.refresh()
    })
  }

  refresh(): void {
    const { metadata } = this.#shard
    if (metadata === undefined) return
    for (const { request, ok } of topologyOf(metadata).over) {
      this.#waiting.get(request)?.(ok ? { _tag: "Done" } : failed(`${request} has failed`))
      this.#waiting.delete(request)
    }
  }

  /** The node stops. */
  giveUp(): void {
    for (const over of this.#waiting.values()) over(failed("the node has stopped; the request goes on"))
    this.#waiting.clear()
  }
}
