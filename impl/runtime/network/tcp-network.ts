import type { NodeId } from "../../../spec/metadata.ts"
import { type Clock, systemClock } from "../clock.ts"
import type { LamportClock } from "../lamport-clock.ts"
import { type Log, silentLog } from "../log.ts"
import type { Address } from "../wire/address.ts"
import { Listener } from "../wire/listener.ts"
import { Asking } from "./asking.ts"
import type { NetworkJournal } from "./label.ts"
import type { Conversation } from "./messages.ts"
import { type Asked, ConnectionBroken, type Handler, type Network } from "./network.ts"
import { Serving } from "./serving.ts"

export interface TcpNetworkOptions<Request extends Asked, Answer> {
  readonly conversation: Conversation<Request, Answer>
  readonly self: NodeId
  /** Where to listen; port 0 means any that is free. */
  readonly listen: Address
  /** Where another node listens now, as far as anybody knows. */
  readonly addressOf: (node: NodeId) => Address | undefined
  readonly clock: LamportClock
  /** Is told of connections that this node broke. */
  readonly journal?: NetworkJournal
  readonly timers?: Clock
  readonly log?: Log
}

/** One node's end of a network between processes: a connection for each direction, made when somebody asks on it. */
export class TcpNetwork<Request extends Asked, Answer> implements Network<Request, Answer> {
  readonly self: NodeId
  readonly #options: TcpNetworkOptions<Request, Answer>
  readonly #asking = new Map<NodeId, Asking<Request, Answer>>()
  readonly #serving = new Set<Serving<Request, Answer>>()
  #listener: Listener | undefined
  #handler: Handler<Request, Answer> | undefined
  #banned: ReadonlySet<NodeId> = new Set()
  #isClosed = false

  private constructor(options: TcpNetworkOptions<Request, Answer>) {
    this.self = options.self
    this.#options = options
  }

  static async open<Request extends Asked, Answer>(
    options: TcpNetworkOptions<Request, Answer>
  ): Promise<TcpNetwork<Request, Answer>> {
    const network = new TcpNetwork(options)
    network.#listener = await Listener.open(options.listen, (socket) => {
      network.#serving.add(
        new Serving<Request, Answer>(socket, {
          ...network.#surroundings,
          handler: () => network.#handler,
          isBanned: (node) => network.#banned.has(node),
          ended: (serving) => network.#serving.delete(serving)
        })
      )
    })
    return network
  }

  /** Where this node listens. */
  get address(): Address {
    return this.#listener!.address
  }

  serve(handler: Handler<Request, Answer>): void {
    this.#handler = handler
  }

  async ask(to: NodeId, request: Request): Promise<Answer> {
    if (this.#isClosed) throw new ConnectionBroken(`${this.self} has left the network`)
    if (to !== this.self) return this.#connectionTo(to).ask(request)
    if (this.#handler === undefined) throw new ConnectionBroken(`${this.self} takes no requests yet`)
    return this.#handler(to, request)
  }

  kill(to: NodeId): void {
    this.#options.journal?.({ _tag: "ConnectionBroke", from: this.self, to })
    this.#break(to, `${this.self} has killed its connections with ${to}`)
  }

  ban(nodes: ReadonlyArray<NodeId>): void {
    this.#banned = new Set(nodes)
    for (const node of nodes) this.#break(node, `${this.self} has banned ${node}`)
  }

  close(): Promise<void> {
    this.#isClosed = true
    this.#listener!.close()
    for (const asking of this.#asking.values()) asking.break(`${this.self} has left the network`)
    for (const serving of [...this.#serving]) serving.close()
    return Promise.resolve()
  }

  #connectionTo(to: NodeId): Asking<Request, Answer> {
    if (this.#banned.has(to)) throw new ConnectionBroken(`${this.self} has banned ${to}`)
    const standing = this.#asking.get(to)
    if (standing !== undefined && !standing.isOver) return standing
    const address = this.#options.addressOf(to)
    if (address === undefined) throw new ConnectionBroken(`nobody has told ${this.self} where ${to} is`)
    const asking = new Asking<Request, Answer>({ ...this.#surroundings, to, address })
    this.#asking.set(to, asking)
    return asking
  }

  #break(node: NodeId, why: string): void {
    this.#asking.get(node)?.break(why)
    for (const serving of [...this.#serving]) if (serving.from === node) serving.close()
  }

  get #surroundings() {
    const { conversation, self, clock, timers = systemClock, log = silentLog } = this.#options
    return { conversation, self, clock, timers, log }
  }
}
