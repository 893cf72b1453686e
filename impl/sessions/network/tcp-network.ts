import type { NodeAnswer, NodeRequest } from "../../../spec/sessions/messages.ts"
import type { NodeId } from "../../../spec/sessions/metadata.ts"
import { type Clock, systemClock } from "../../runtime/clock.ts"
import { type Log, silentLog } from "../../runtime/log.ts"
import type { Journal } from "../journal.ts"
import type { LamportClock } from "../lamport-clock.ts"
import type { Address } from "../wire/address.ts"
import { Listener } from "../wire/listener.ts"
import { Asking } from "./asking.ts"
import { ConnectionBroken, type Handler, type Network } from "./network.ts"
import { Serving } from "./serving.ts"

export interface TcpNetworkOptions {
  readonly self: NodeId
  /** Where to listen; port 0 means any that is free. */
  readonly listen: Address
  /** Where another node listens now, as far as anybody knows. */
  readonly addressOf: (node: NodeId) => Address | undefined
  readonly clock: LamportClock
  /** Is told of connections that this node broke. */
  readonly journal?: Journal
  readonly timers?: Clock
  readonly log?: Log
}

/** One node's end of a network between processes: a connection for each direction, made when somebody asks on it. */
export class TcpNetwork implements Network {
  readonly self: NodeId
  readonly #options: TcpNetworkOptions
  readonly #asking = new Map<NodeId, Asking>()
  readonly #serving = new Set<Serving>()
  #listener: Listener | undefined
  #handler: Handler | undefined
  #banned: ReadonlySet<NodeId> = new Set()
  #isClosed = false

  private constructor(options: TcpNetworkOptions) {
    this.self = options.self
    this.#options = options
  }

  static async open(options: TcpNetworkOptions): Promise<TcpNetwork> {
    const network = new TcpNetwork(options)
    network.#listener = await Listener.open(options.listen, (socket) => {
      network.#serving.add(
        new Serving(socket, {
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

  serve(handler: Handler): void {
    this.#handler = handler
  }

  async ask(to: NodeId, request: NodeRequest): Promise<NodeAnswer> {
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

  #connectionTo(to: NodeId): Asking {
    if (this.#banned.has(to)) throw new ConnectionBroken(`${this.self} has banned ${to}`)
    const standing = this.#asking.get(to)
    if (standing !== undefined && !standing.isOver) return standing
    const address = this.#options.addressOf(to)
    if (address === undefined) throw new ConnectionBroken(`nobody has told ${this.self} where ${to} is`)
    const asking = new Asking({ ...this.#surroundings, to, address })
    this.#asking.set(to, asking)
    return asking
  }

  #break(node: NodeId, why: string): void {
    this.#asking.get(node)?.break(why)
    for (const serving of [...this.#serving]) if (serving.from === node) serving.close()
  }

  get #surroundings() {
    const { self, clock, timers = systemClock, log = silentLog } = this.#options
    return { self, clock, timers, log }
  }
}
