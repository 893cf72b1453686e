import type { NodeId } from "../../../spec/metadata.ts"
import { ConnectionBroken, type Handler, type Network } from "./network.ts"

/** What an end needs of the network that it is in. */
export interface Wires<Request, Answer> {
  carry(to: NodeId, request: Request): Promise<Answer>
  kill(to: NodeId): void
  ban(nodes: ReadonlyArray<NodeId>): void
  leave(): void
}

/** One node's end of a network in one process. */
export class LocalEnd<Request, Answer> implements Network<Request, Answer> {
  readonly self: NodeId
  readonly #wires: Wires<Request, Answer>
  #handler: Handler<Request, Answer> | undefined
  #banned: ReadonlySet<NodeId> = new Set()
  #state: "open" | "closed" | "crashed" = "open"

  constructor(self: NodeId, wires: Wires<Request, Answer>) {
    this.self = self
    this.#wires = wires
  }

  get isServing(): boolean {
    return this.#state === "open" && this.#handler !== undefined
  }

  hasBanned(node: NodeId): boolean {
    return this.#banned.has(node)
  }

  serve(handler: Handler<Request, Answer>): void {
    this.#handler = handler
  }

  async ask(to: NodeId, request: Request): Promise<Answer> {
    if (this.#state === "closed") throw new ConnectionBroken(`${this.self} has left the network`)
    if (this.#state === "crashed") return forever()
    if (to === this.self) return this.handle(to, request)
    if (this.#banned.has(to)) throw new ConnectionBroken(`${this.self} has banned ${to}`)
    try {
      const answer = await this.#wires.carry(to, request)
      return this.#isCrashed ? await forever() : answer
    } catch (error) {
      return this.#isCrashed ? await forever() : Promise.reject(error)
    }
  }

  kill(to: NodeId): void {
    this.#wires.kill(to)
  }

  ban(nodes: ReadonlyArray<NodeId>): void {
    this.#banned = new Set(nodes)
    this.#wires.ban(nodes)
  }

  close(): Promise<void> {
    this.#state = "closed"
    this.#wires.leave()
    return Promise.resolve()
  }

  /** Lets the node look at a request. A node that has crashed meanwhile never answers. */
  async handle(from: NodeId, request: Request): Promise<Answer> {
    if (this.#handler === undefined) throw new ConnectionBroken(`nobody serves at ${this.self}`)
    const answer = await this.#handler(from, request)
    return this.#isCrashed ? await forever() : answer
  }

  /** The node has crashed: what still runs of it in this process waits forever, as if it were gone. */
  abandon(): void {
    this.#state = "crashed"
  }

  get #isCrashed(): boolean {
    return this.#state === "crashed"
  }
}

function forever(): Promise<never> {
  return new Promise(() => {})
}
