import { leavingReplica, pendingReplica, type Replica, sameReplica } from "../../../spec/metadata.ts"
import { tableOf, tabletNamed } from "../../../spec/view-building/metadata.ts"
import { Injected } from "../../runtime/injections.ts"
import type { NodeAnswer, NodeRequest } from "../network/network.ts"
import { type Applied, isWithin } from "../worker/surroundings.ts"
import type { Arrivals } from "./arrivals.ts"
import type { NodeParts } from "./parts.ts"
import type { Registrator } from "./registrator.ts"

type Request<Tag extends NodeRequest["_tag"]> = Extract<NodeRequest, { readonly _tag: Tag }>

const ok: NodeAnswer = { _tag: "Ok" }
const failed = (why: string): NodeAnswer => ({ _tag: "Failed", why })

/** What the topology coordinator has a node do for a tablet that moves. Source: service/storage_service.cc stream_tablet, cleanup_tablet. */
export class TabletWork {
  readonly #parts: NodeParts
  readonly #applied: Applied
  readonly #arrivals: Arrivals
  readonly #registrator: Registrator

  constructor(parts: NodeParts, applied: Applied, arrivals: Arrivals, registrator: Registrator) {
    this.#parts = parts
    this.#applied = applied
    this.#arrivals = arrivals
    this.#registrator = registrator
  }

  /** Everything that has come, in memtables too, and apart from it what is in staging. */
  fetch({ base, shard, ...range }: Request<"FetchTablet">): NodeAnswer {
    const data = this.#parts.store.shard(shard).data(base)
    const rows = data.settled().filter(({ token }) => isWithin(token, range))
    const staging = data.staging.filter(({ token }) => isWithin(token, range))
    return {
      _tag: "Fetched",
      rows,
      staged: staging.map(({ sstable }) => ({ sstable, rows: data.stagedRows(sstable) }))
    }
  }

  /** Takes over what another replica has. What comes when the stage is over is dropped: a cleanup may have been here. */
  async stream(request: Request<"StreamTablet">): Promise<NodeAnswer> {
    // Whoever truncates waits for what was fetched before.
    const leave = await this.#parts.store.shard(request.to.shard).reading(request.base)
    try {
      return await this.#takeOver(request)
    } finally {
      leave()
    }
  }

  async #takeOver(request: Request<"StreamTablet">): Promise<NodeAnswer> {
    const { network, injections } = this.#parts
    const { base, after, lastToken, from, to } = request
    const fetched = await network.ask(from.node, { _tag: "FetchTablet", base, after, lastToken, shard: from.shard })
    if (fetched._tag !== "Fetched") return failed(`${from.node} has sent nothing`)
    try {
      injections.fail("stream_tablet_fail")
    } catch (error) {
      if (error instanceof Injected) return failed("a test asked for this failure")
      throw error
    }
    if (!this.#isStreaming(request, to)) return failed("the tablet is not streamed any more")
    await Promise.all([
      this.#arrivals.stream(to.shard, base, fetched.rows),
      ...fetched.staged.map(({ rows }) => this.#arrivals.stage(to.shard, base, rows))
    ])
    await injections.wait("stream_tablet_wait")
    return ok
  }

  /** Whoever is asked for it late, by a coordinator that is no more, may have the tablet again by then. */
  #isLeft({ base, lastToken }: Pick<Request<"CleanTablet">, "base" | "lastToken">, here: Replica): boolean {
    const tablet = tabletNamed(tableOf(this.#applied.state, base), lastToken)
    const stage = tablet?.transition?.stage
    if (tablet === undefined || (stage !== "cleanup" && stage !== "cleanup_target")) return false
    const left = stage === "cleanup" ? leavingReplica(tablet) : pendingReplica(tablet)
    return left !== undefined && sameReplica(left, here)
  }

  #isStreaming({ base, lastToken }: Request<"StreamTablet">, to: Replica): boolean {
    const tablet = tabletNamed(tableOf(this.#applied.state, base), lastToken)
    const pending = tablet === undefined ? undefined : pendingReplica(tablet)
    return tablet?.transition?.stage === "streaming" && pending !== undefined && sameReplica(pending, to)
  }

  /** Drops what a replica has of a tablet, once nothing is on its way there and nobody knows of its staging sstables any more (M10). */
  async clean({ base, shard, ...range }: Request<"CleanTablet">): Promise<NodeAnswer> {
    const { store, injections, self, tell } = this.#parts
    await injections.wait("cleanup_tablet_wait")
    const isLeft = (): boolean => this.#isLeft({ base, ...range }, { node: self, shard })
    if (!isLeft()) return failed("the tablet is not cleaned up here")
    const onShard = store.shard(shard)
    await onShard.arrivals(base)
    const isGone = (one: { readonly base: string; readonly token: Parameters<typeof isWithin>[0] }): boolean =>
      one.base === base && isWithin(one.token, range) && isLeft()
    await this.#registrator.forget(shard, isGone, async () => {
      if (!isLeft()) return
      const { after, lastToken } = range
      // Before it is on disk, so that a node that falls in between has not done what nobody knows.
      tell({ _tag: "TabletCleaned", node: self, shard, base, after, lastToken })
      await onShard.dropTablet(base, range)
    })
    return ok
  }
}
