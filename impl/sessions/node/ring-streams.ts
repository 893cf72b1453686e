import type { SessionId } from "../../../spec/sessions/ids.ts"
import type { NodeAnswer, NodeRequest, WorkId } from "../../../spec/sessions/messages.ts"
import type { Metadata, NodeId, TopologyRequestId } from "../../../spec/sessions/metadata.ts"
import { type Current, range, receiversOf, sourcesOf, streamersOf, topologyOf } from "../ring.ts"
import { found, type NodeContext } from "./node-context.ts"
import { answerOf, ok, Refused } from "./refused.ts"
import { RepairMaster } from "./repair-master.ts"

/** What a node was told to stream, as its own metadata had it when it accepted the command. Nothing is looked up again (M48). */
interface Order {
  readonly metadata: Metadata
  readonly current: Current
  readonly session: SessionId
}

/**
 * The streams of the ring that this node was told to run: at most one for each topology request.
 *
 * Enabled when: a read barrier was passed, the request in hand is in a stage in which data moves, and this node is one that moves
 * it. Effect: whoever joins, is rebuilt or gets the range of a dead node has the rows of all living owners; whoever leaves has
 * handed its rows over; all under the session of the topology, also by repair (M50) and for a leave. A stream that already runs for
 * the request is joined. Refused with: WrongStage, NoSession, StreamFailed.
 *
 * Source: service/storage_service.cc raft_topology_cmd_handler, bootstrap, unbootstrap, removenode, rebuild;
 * dht/range_streamer.cc.
 */
export class RingStreams {
  readonly #node: NodeContext
  /** Resolves when the node has dropped what it should not have, if there is anything. */
  readonly #isClean: () => Promise<void>
  readonly #running = new Map<TopologyRequestId, Promise<NodeAnswer>>()

  constructor(node: NodeContext, isClean: () => Promise<void>) {
    this.#node = node
    this.#isClean = isClean
  }

  /** From the look at the metadata to the registration nothing waits. */
  stream(): Promise<NodeAnswer> {
    const order = this.#order()
    const { request } = order.current
    const running = this.#running.get(request)
    if (running !== undefined) return running
    const answer = answerOf(this.#run(order).then(() => ok)).finally(() => this.#running.delete(request))
    this.#running.set(request, answer)
    return answer
  }

  #order(): Order {
    const metadata = found(this.#node.shards[0].metadata, "WrongStage")
    const { current } = topologyOf(metadata)
    const isMoving = current?.stage === "write_both_read_old" || current?.stage === "rebuilding"
    if (!isMoving || !streamersOf(metadata, current).includes(this.#node.self)) throw new Refused("WrongStage")
    return { metadata, current, session: found(metadata.session ?? undefined, "NoSession") }
  }

  async #run(order: Order): Promise<void> {
    await this.#isClean()
    const { metadata, current } = order
    const sources = sourcesOf(metadata, current)
    // A range that nobody is left to take from is lost, and must not pass for an empty one.
    if (sources.length === 0) throw new Refused("StreamFailed")
    if (current.byRepair) return this.#repair(order, sources)
    if (current.kind === "leave") return this.#handOver(order)
    for (const source of sources) await this.#fetch(order, source)
  }

  async #repair({ metadata, current, session }: Order, sources: ReadonlyArray<NodeId>): Promise<void> {
    const { self } = this.#node
    const receivers = current.kind === "leave" ? receiversOf(metadata, current) : [self]
    const sent = (work: WorkId): void => this.#tell(current, session, work)
    const master = new RepairMaster(this.#node, { tablet: range, session, sent, signal: never })
    await master.run({ from: [...new Set([...sources, ...receivers])], to: receivers })
  }

  async #handOver({ metadata, current, session }: Order): Promise<void> {
    const [shard] = this.#node.shards
    const rows = await shard.run(() => this.#node.parts.store.rows(shard.id, range))
    for (const receiver of receiversOf(metadata, current)) {
      const work = this.#send(current, session)
      const stream = { _tag: "StreamRows", tablet: range, session, via: shard.id, to: shard.id, rows, work } as const
      await this.#ask(receiver, stream)
    }
  }

  async #fetch({ current, session }: Order, source: NodeId): Promise<void> {
    const to = { node: this.#node.self, shard: this.#node.shards[0].id }
    const work = this.#send(current, session)
    await this.#ask(source, { _tag: "Fetch", tablet: range, session, to, path: "mutations", work })
  }

  async #ask(node: NodeId, request: NodeRequest): Promise<void> {
    const answer = await answerOf(this.#node.parts.network.ask(node, request))
    if (answer._tag !== "Ok") throw new Refused("StreamFailed")
  }

  #send(current: Current, session: SessionId): WorkId {
    const work = this.#node.newWork()
    this.#tell(current, session, work)
    return work
  }

  #tell({ request }: Current, session: SessionId, work: WorkId): void {
    this.#node.parts.journal({ _tag: "WorkSent", by: this.#node.self, request, session, work })
  }
}

/** A stream of the ring is not given up by the node: its session is, and then its work is turned away. */
const never = new AbortController().signal
