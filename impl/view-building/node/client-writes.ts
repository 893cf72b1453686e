import type { Replica } from "../../../spec/metadata.ts"
import { pendingReplica } from "../../../spec/metadata.ts"
import type { TableId } from "../../../spec/view-building/ids.ts"
import type { BaseRow } from "../../../spec/view-building/messages.ts"
import { type Tablet, tableOf, tabletHolding } from "../../../spec/view-building/metadata.ts"
import { ConnectionBroken, type Network } from "../network/network.ts"
import type { Applied } from "../worker/surroundings.ts"

/** Who takes writes of a tablet. A barrier lies between each stage and the next. Source: locator/tablets.cc get_write_selector. */
export const writersOf = (tablet: Tablet): ReadonlyArray<Replica> => {
  const { replicas, transition } = tablet
  const pending = pendingReplica(tablet)
  switch (transition?.stage) {
    case "write_both_read_old":
    case "rebuild_repair":
    case "streaming":
    case "write_both_read_new":
      return pending === undefined ? replicas : [...replicas, pending]
    case "use_new":
    case "cleanup":
    case "end_migration":
      return transition.next
    default:
      return replicas
  }
}

/** Clients' writes that this node coordinates: each goes to every replica, and is over when all have answered. */
export class ClientWrites {
  readonly #network: Network
  readonly #applied: Applied
  readonly #inFlight = new Set<Promise<unknown>>()

  constructor(network: Network, applied: Applied) {
    this.#network = network
    this.#applied = applied
  }

  /** True if every replica has taken the row. */
  async write(base: TableId, row: BaseRow): Promise<boolean> {
    const table = tableOf(this.#applied.state, base)
    const tablet = table === undefined ? undefined : tabletHolding(table, row.token)
    if (tablet === undefined) return false
    const writes = Promise.all(writersOf(tablet).map((replica) => this.#send(replica, base, row)))
    this.#inFlight.add(writes)
    try {
      return (await writes).every((isTaken) => isTaken)
    } finally {
      this.#inFlight.delete(writes)
    }
  }

  /** Resolves when every write is over that goes by what the node knew before. */
  async settled(): Promise<void> {
    await Promise.all(this.#inFlight)
  }

  async #send({ node, shard }: Replica, base: TableId, row: BaseRow): Promise<boolean> {
    try {
      const answer = await this.#network.ask(node, { _tag: "WriteBase", base, shard, row })
      return answer._tag === "Ok"
    } catch (error) {
      if (error instanceof ConnectionBroken) return false
      throw error
    }
  }
}
