import type { NodeAnswer, NodeRequest, Reason, Row } from "../../../spec/sessions/messages.ts"
import type { NodeId, Replica, Tablet } from "../../../spec/sessions/metadata.ts"
import { found, type NodeContext } from "../node/node-context.ts"
import { ok, Refused, reasonOf } from "../node/refused.ts"
import { reconciled } from "../node/rows.ts"
import type { Routing, Shard } from "../node/shard.ts"
import { tabletIn } from "../ring.ts"
import { readReplicas, writeReplicas } from "./routing.ts"

type ClientRequest = Extract<NodeRequest, { readonly _tag: "Write" | "Read" }>

/** Which of a node's replicas serve a request. */
type Choose = (tablet: Tablet, node: NodeId) => ReadonlyArray<Replica>

/** What one shard does for a request, and the rows that it found. */
type Serve = (shard: Shard) => Promise<ReadonlyArray<Row>>

/**
 * The replica's side of a client's request.
 *
 * Enabled when: the request's token is not below the fence: when it comes in, when the replica holds metadata of its own for it,
 * and again when it is done. The metadata is held meanwhile, so that a barrier waits for it (M39). Effect: the row is part of the
 * tablet's data, or was looked for. One that turns out to be stale in the end is refused although it may have been written (V4).
 * Refused with: StaleTopology, NoSuchTablet, NotThisReplica.
 *
 * Source: service/storage_proxy.cc handle_write, handle_read, run_fenceable_write, check_fence; dossier `sessions.md` 2.7.
 */
export class Replicas {
  readonly #node: NodeContext

  constructor(node: NodeContext) {
    this.#node = node
  }

  async write(request: Extract<NodeRequest, { readonly _tag: "Write" }>): Promise<NodeAnswer> {
    const { tablet, row } = request
    const { injections, store } = this.#node.parts
    await this.#serveAll(request, writeReplicas, async (shard) => {
      await injections.wait("replica_write_wait")
      const leaveGroup = shard.groups.enter(tablet)
      try {
        await store.append(shard.id, tablet, [row])
      } finally {
        leaveGroup()
      }
      return []
    })
    return ok
  }

  async read(request: Extract<NodeRequest, { readonly _tag: "Read" }>): Promise<NodeAnswer> {
    const { tablet, key } = request
    const { injections, store } = this.#node.parts
    const rows = await this.#serveAll(request, readReplicas, async (shard) => {
      await injections.wait("replica_read_wait")
      return store.rows(shard.id, tablet).filter((row) => row.key === key)
    })
    return { _tag: "Rows", rows: reconciled(rows) }
  }

  /** The shard that a request comes in on says where it is served, and stands by that until it is done. */
  async #serveAll(request: ClientRequest, choose: Choose, serve: Serve): Promise<ReadonlyArray<Row>> {
    const [first] = this.#node.shards
    return this.#holding(first, request, async ({ metadata }) => {
      const tablet = tabletIn(metadata, request.tablet)
      const replicas = choose(found(tablet, "NoSuchTablet"), this.#node.self)
      found(replicas[0], "NotThisReplica")
      const served = replicas.map(({ shard: id }) => {
        const shard = this.#node.shard(id)
        return shard.run(() => this.#holding(shard, request, () => this.#serve(shard, request, serve)))
      })
      // One that failed must not let go of the metadata that the others work by.
      await Promise.allSettled(served)
      return (await Promise.all(served)).flat()
    })
  }

  async #serve(shard: Shard, request: ClientRequest, serve: Serve): Promise<ReadonlyArray<Row>> {
    shard.checkFence(request.version)
    const rows = await serve(shard)
    shard.checkFence(request.version)
    this.#tell(shard, request, rows, null)
    return rows
  }

  /** Checks the token, and works while the shard's current version is held. */
  async #holding<Value>(
    shard: Shard,
    request: ClientRequest,
    work: (routing: Routing) => Promise<Value>
  ): Promise<Value> {
    let routing: Routing | undefined
    try {
      shard.checkFence(request.version)
      routing = shard.hold()
      return await work(routing)
    } catch (error) {
      if (error instanceof ToldRefusal) throw error
      const reason = reasonOf(error)
      this.#tell(shard, request, [], reason)
      throw new ToldRefusal(reason)
    } finally {
      routing?.release()
    }
  }

  #tell(shard: Shard, { request }: ClientRequest, rows: ReadonlyArray<Row>, reason: Reason | null): void {
    shard.tell({ _tag: "Served", request, ...shard.place, fence: shard.fence, rows, reason })
  }
}

/** A refusal that the journal has heard of. */
class ToldRefusal extends Refused {}
