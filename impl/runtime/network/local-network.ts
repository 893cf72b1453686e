import type { NodeId } from "../../../spec/metadata.ts"
import { atOnce, type Turn } from "../turn.ts"
import type { NetworkJournal } from "./label.ts"
import { Line } from "./line.ts"
import { LocalEnd } from "./local-end.ts"
import type { Conversation } from "./messages.ts"
import { type Asked, ConnectionBroken, type Network } from "./network.ts"

/** A message that is about to arrive. */
export interface OnItsWay {
  readonly what: "request" | "answer"
  readonly from: NodeId
  readonly to: NodeId
  readonly tag: string
  /** Whether the connection that it was sent on is broken by now. */
  readonly broken: boolean
}

/** What becomes of a message. Losing one breaks its connection; only a request can be duplicated. */
export type Fate = "deliver" | "lose" | "duplicate"

/** How a network in one process behaves where it has a choice. */
export interface LocalNetworkOptions {
  /** Decides which message arrives next. */
  readonly turn?: Turn
  /** Decides what becomes of a message when its turn has come; unless told, it arrives if its connection still stands. */
  readonly fate?: (message: OnItsWay) => Fate
  /** Is told of connections that somebody broke. */
  readonly journal?: NetworkJournal
}

/**
 * A network in one process: a connection for each pair of nodes, and messages that travel as text, so that nothing is shared.
 *
 * Messages of one connection arrive in the order of their turns, which need not be the order in which they were sent: a
 * request that is overtaken looks like one whose handler is slow to begin.
 */
export class LocalNetwork<Request extends Asked, Answer> {
  readonly #conversation: Conversation<Request, Answer>
  readonly #turn: Turn
  readonly #fate: (message: OnItsWay) => Fate
  readonly #journal: NetworkJournal
  readonly #ends = new Map<NodeId, LocalEnd<Request, Answer>>()
  readonly #lines = new Map<string, Line>()

  constructor(conversation: Conversation<Request, Answer>, options: LocalNetworkOptions = {}) {
    this.#conversation = conversation
    this.#turn = options.turn ?? atOnce
    this.#fate = options.fate ?? (({ broken }) => (broken ? "lose" : "deliver"))
    this.#journal = options.journal ?? (() => {})
  }

  /** A node's end, from the node's start on. The end that it had before, it lost in a crash. */
  join(node: NodeId): Network<Request, Answer> {
    const old = this.#ends.get(node)
    old?.abandon()
    this.#breakAll(node, `${node} has crashed`)
    const end: LocalEnd<Request, Answer> = new LocalEnd<Request, Answer>(node, {
      carry: (to, asked) => this.#carry(end, to, asked),
      kill: (to) => this.kill(node, to),
      ban: (nodes) => {
        for (const banned of nodes) this.#break(node, banned, `${node} has banned ${banned}`)
      },
      leave: () => this.#breakAll(node, `${node} has left the network`)
    })
    this.#ends.set(node, end)
    return end
  }

  /** Breaks the connection between two nodes. */
  kill(from: NodeId, to: NodeId): void {
    this.#journal({ _tag: "ConnectionBroke", from, to })
    this.#break(from, to, `the connection between ${from} and ${to} was killed`)
  }

  // ---- messages ------------------------------------------------------------------------------------------------------

  async #carry(asker: LocalEnd<Request, Answer>, to: NodeId, asked: Request): Promise<Answer> {
    const { request, answer } = this.#conversation
    const from = asker.self
    const text = request.write(asked)
    const line = this.#line(from, to)
    return line.whileItStands(async () => {
      await this.#turn(`network: ${from} to ${to}: ${asked._tag}`)
      const fate = this.#fate({ what: "request", from, to, tag: asked._tag, broken: line.isBroken })
      if (fate === "lose") return this.#lose(line, `${asked._tag} from ${from} to ${to} was lost`)
      const target = this.#reachable(asker, to)
      // What a second copy comes to, nobody waits for.
      if (fate === "duplicate") void target.handle(from, request.read(text))
      const reply = answer.write(await target.handle(from, request.read(text)))
      return this.#reply(from, to, asked._tag, line, reply)
    })
  }

  async #reply(asker: NodeId, from: NodeId, tag: string, line: Line, reply: string): Promise<Answer> {
    await this.#turn(`network: ${from} to ${asker}: answer to ${tag}`)
    const fate = this.#fate({ what: "answer", from, to: asker, tag, broken: line.isBroken })
    return fate === "lose"
      ? this.#lose(line, `${from}'s answer to ${asker}'s ${tag} was lost`)
      : this.#conversation.answer.read(reply)
  }

  #lose(line: Line, why: string): never {
    line.break(why)
    throw new ConnectionBroken(why)
  }

  #reachable(asker: LocalEnd<Request, Answer>, to: NodeId): LocalEnd<Request, Answer> {
    const target = this.#ends.get(to)
    if (target === undefined || !target.isServing) throw new ConnectionBroken(`nobody serves at ${to}`)
    if (target.hasBanned(asker.self)) throw new ConnectionBroken(`${to} has banned ${asker.self}`)
    return target
  }

  // ---- connections ---------------------------------------------------------------------------------------------------

  /** The connection between two nodes; a new one where the last broke. */
  #line(one: NodeId, other: NodeId): Line {
    const name = lineName(one, other)
    const known = this.#lines.get(name)
    if (known !== undefined && !known.isBroken) return known
    const line = new Line()
    this.#lines.set(name, line)
    return line
  }

  #break(one: NodeId, other: NodeId, why: string): void {
    this.#lines.get(lineName(one, other))?.break(why)
  }

  #breakAll(node: NodeId, why: string): void {
    for (const other of this.#ends.keys()) this.#break(node, other, why)
  }
}

function lineName(one: NodeId, other: NodeId): string {
  return JSON.stringify([one, other].sort())
}
