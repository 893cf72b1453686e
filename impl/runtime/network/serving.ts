import { Result, Schema } from "effect"
import type { NodeId } from "../../../spec/metadata.ts"
import type { Clock } from "../clock.ts"
import type { LamportClock } from "../lamport-clock.ts"
import type { Log } from "../log.ts"
import type { Socket } from "../transport.ts"
import { Channel } from "../wire/channel.ts"
import { complaint } from "../wire/complaint.ts"
import { FrameError } from "../wire/frames.ts"
import { Asked, type Conversation, Hello } from "./messages.ts"
import type { Handler, Asked as Requested } from "./network.ts"

const decodeHello = Schema.decodeUnknownResult(Hello)
const decodeAsked = Schema.decodeUnknownResult(Asked)

export interface ServingOptions<Request extends Requested, Answer> {
  readonly conversation: Conversation<Request, Answer>
  readonly self: NodeId
  readonly clock: LamportClock
  readonly timers: Clock
  readonly log: Log
  /** Who answers, once somebody does. */
  readonly handler: () => Handler<Request, Answer> | undefined
  readonly isBanned: (node: NodeId) => boolean
  readonly ended: (serving: Serving<Request, Answer>) => void
}

/** The connection on which another node asks this one. Whoever is at the other end, nothing it sends can do more than be refused. */
export class Serving<Request extends Requested, Answer> {
  readonly #options: ServingOptions<Request, Answer>
  readonly #channel: Channel
  #from: NodeId | undefined

  constructor(socket: Socket, options: ServingOptions<Request, Answer>) {
    this.#options = options
    this.#channel = new Channel(socket, {
      clock: options.clock,
      timers: options.timers,
      heard: (body) => this.#hear(body),
      ended: () => options.ended(this)
    })
  }

  /** Who asks, once it has said so. */
  get from(): NodeId | undefined {
    return this.#from
  }

  close(): void {
    this.#channel.close()
    this.#options.ended(this)
  }

  #hear(body: unknown): void {
    if (this.#from === undefined) this.#greet(body)
    else this.#take(this.#from, body)
  }

  #greet(body: unknown): void {
    const { self, isBanned, handler } = this.#options
    const hello = decodeHello(body)
    if (Result.isFailure(hello)) this.#channel.refuse('the first frame must be { _tag: "Hello", from, to }')
    else if (hello.success.to !== self) this.#channel.refuse(`this is ${self}, not ${hello.success.to}`)
    else if (isBanned(hello.success.from)) this.#channel.refuse(`${self} has banned ${hello.success.from}`)
    else if (handler() === undefined) this.#channel.refuse(`${self} takes no requests yet`)
    else this.#from = hello.success.from
  }

  #take(from: NodeId, body: unknown): void {
    const asked = decodeAsked(body)
    if (Result.isFailure(asked)) {
      this.#channel.refuse('a request must be { _tag: "Asked", id, request }')
      return
    }
    const { id, request } = asked.success
    const decoded = this.#options.conversation.request.decode(request)
    if (Result.isSuccess(decoded)) void this.#answer(from, id, decoded.success)
    else {
      this.#options.log.warn("a request was refused", { from, why: complaint(decoded.failure) })
      this.#reply(id, this.#options.conversation.malformed)
    }
  }

  async #answer(from: NodeId, id: number, request: Request): Promise<void> {
    try {
      const answer = await this.#options.handler()!(from, request)
      this.#reply(id, answer)
    } catch (error) {
      // A defect of this node's. The asker learns that nothing will come, and nothing of what went wrong here.
      this.#options.log.warn("a handler failed", { from, request: request._tag, error })
      this.close()
    }
  }

  #reply(id: number, answer: Answer): void {
    const { conversation } = this.#options
    try {
      this.#channel.send({ _tag: "Answered", id, answer: conversation.answer.encode(answer) })
    } catch (error) {
      if (!(error instanceof FrameError)) throw error
      this.#options.log.warn("an answer was not sent", { to: this.#from, why: error.message })
      this.#channel.send({ _tag: "Answered", id, answer: conversation.answer.encode(conversation.malformed) })
    }
  }
}
