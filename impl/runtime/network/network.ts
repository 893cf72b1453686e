/** How nodes talk: requests with answers over connections that may break, in one process or between several. */
import type { NodeId } from "../../../spec/metadata.ts"

/** Answers a request of another node. It may take as long as it likes, also after the connection broke. */
export type Handler<Request, Answer> = (from: NodeId, request: Request) => Promise<Answer>

/** What can be asked: the tag is all that a network looks at, to say what became of it. */
export interface Asked {
  readonly _tag: string
}

/** One node's end of the network. */
export interface Network<Request, Answer> {
  readonly self: NodeId
  /** Takes requests from now on. */
  serve(handler: Handler<Request, Answer>): void
  /**
   * Sends a request and waits for its answer. Rejects with `ConnectionBroken` when the connection broke before the answer: what
   * the other end does with the request, nobody knows then. There is no timeout. A request to `self` does not travel.
   */
  ask(to: NodeId, request: Request): Promise<Answer>
  /** Breaks every connection to and from a node; the next request makes a new one. */
  kill(to: NodeId): void
  /** From now on connections with exactly these nodes are refused, in both directions. */
  ban(nodes: ReadonlyArray<NodeId>): void
  close(): Promise<void>
}

/** The connection broke, or the other end cannot be reached or is banned. */
export class ConnectionBroken extends Error {
  override readonly name = "ConnectionBroken"
}
