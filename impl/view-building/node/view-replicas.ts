import type { ViewId } from "../../../spec/view-building/ids.ts"
import type { Row } from "../../../spec/view-building/messages.ts"
import { ConnectionBroken, type Network } from "../network/network.ts"
import type { Applied, ViewWriter } from "../worker/surroundings.ts"

/** The replicas of views: every normal node has all rows of each. A write is done when all of them have it. */
export class ViewReplicas implements ViewWriter {
  readonly #network: Network
  readonly #applied: Applied

  constructor(network: Network, applied: Applied) {
    this.#network = network
    this.#applied = applied
  }

  async write(view: ViewId, rows: ReadonlyArray<Row>): Promise<void> {
    const { normal } = this.#applied.state
    await Promise.all(
      normal.map(async (node) => {
        const answer = await this.#network.ask(node, { _tag: "WriteView", view, rows })
        if (answer._tag !== "Ok") throw new ConnectionBroken(`${node} has not taken rows of ${view}`)
      })
    )
  }
}
