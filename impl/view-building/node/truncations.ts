import type { TableId } from "../../../spec/view-building/ids.ts"
import type { NodeAnswer, NodeRequest } from "../network/network.ts"
import type { NodeParts } from "./parts.ts"
import type { Registrator } from "./registrator.ts"

type Request<Tag extends NodeRequest["_tag"]> = Extract<NodeRequest, { readonly _tag: Tag }>

const ok: NodeAnswer = { _tag: "Ok" }

/** How long a base stays closed for a truncation that nobody hears of any more: its coordinator may have fallen. */
export const leaseMs = 60_000

/** A node's part in truncations of bases (M34). */
export class Truncations {
  readonly #parts: NodeParts
  readonly #registrator: Registrator
  /** How to give a lease up, by base and truncation. */
  readonly #leases = new Map<string, () => void>()

  constructor(parts: NodeParts, registrator: Registrator) {
    this.#parts = parts
    this.#registrator = registrator
  }

  /** Lets nobody read the base any more, and waits for whoever has read. */
  async close({ base, truncation }: Request<"CloseBase">): Promise<NodeAnswer> {
    const { store, clock } = this.#parts
    this.#endLease(base, truncation)
    this.#leases.set(
      nameOf(base, truncation),
      clock.setTimer(leaseMs, () => this.open({ base, truncation }))
    )
    await Promise.all(store.shards.map((shard) => shard.gate(base).close(truncation)))
    return ok
  }

  /** Drops what there is. Whoever comes too late for that, because the lease is over or the node was started anew, drops nothing. */
  async truncate({ base, views, truncation }: Request<"TruncateBase">): Promise<NodeAnswer> {
    const { store, shards, worker } = this.#parts
    const isClosed = store.shards.every((shard) => shard.gate(base).isClosedBy(truncation))
    if (worker.truncation === "waits" && !isClosed)
      return { _tag: "Failed", why: `${base} is not closed for truncation ${truncation}` }
    for (const shard of shards)
      await this.#registrator.forget(
        shard,
        (one) => one.base === base,
        () => Promise.resolve()
      )
    await store.dropBase(base)
    for (const view of views) await store.dropView(view)
    return ok
  }

  open({ base, truncation }: Pick<Request<"OpenBase">, "base" | "truncation">): NodeAnswer {
    this.#endLease(base, truncation)
    for (const shard of this.#parts.store.shards) shard.gate(base).open(truncation)
    return ok
  }

  #endLease(base: TableId, truncation: string): void {
    const name = nameOf(base, truncation)
    this.#leases.get(name)?.()
    this.#leases.delete(name)
  }
}

const nameOf = (base: TableId, truncation: string): string => JSON.stringify([base, truncation])
