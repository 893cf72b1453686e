import { Result } from "effect"
import type { NodeId } from "../../../spec/metadata.ts"
import type { Clock } from "../clock.ts"
import { connectTcp } from "../connect-tcp.ts"
import type { LamportClock } from "../lamport-clock.ts"
import type { Log } from "../log.ts"
import { type Address, showAddress } from "../wire/address.ts"
import { Channel } from "../wire/channel.ts"
import { FrameError } from "../wire/frames.ts"
import type { Conversation } from "./messages.ts"
import { type Asked, ConnectionBroken } from "./network.ts"

export interface AskingOptions<Request, Answer> {
  readonly conversation: Conversation<Request, Answer>
  readonly self: NodeId
  readonly to: NodeId
  readonly address: Address
  readonly clock: LamportClock
  readonly timers: Clock
  readonly log: Log
}

interface Pending<Answer> {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: ConnectionBroken) => void
}

/** The connection on which a node asks another. It is made once, and broken once. */
export class Asking<Request extends Asked, Answer> {
  readonly #options: AskingOptions<Request, Answer>
  readonly #connected: Promise<Channel | undefined>
  readonly #pending = new Map<number, Pending<Answer>>()
  #channel: Channel | undefined
  #asked = 0
  #over: ConnectionBroken | undefined

  constructor(options: AskingOptions<Request, Answer>) {
    this.#options = options
    this.#connected = this.#connect()
  }

  get isOver(): boolean {
    return this.#over !== undefined
  }

  async ask(request: Request): Promise<Answer> {
    const encoded = this.#options.conversation.request.encode(request)
    const channel = await this.#connected
    // A connection that is over says why; one that was never made is over as well.
    if (channel === undefined || this.#over !== undefined) throw this.#over ?? new ConnectionBroken("not connected")
    const id = ++this.#asked
    try {
      channel.send({ _tag: "Asked", id, request: encoded })
    } catch (error) {
      if (!(error instanceof FrameError)) throw error
      this.#options.log.warn("a request was not sent", {
        to: this.#options.to,
        request: request._tag,
        why: error.message
      })
      return this.#options.conversation.malformed
    }
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }))
  }

  /** Breaks the connection, also one that is being made. */
  break(why: string): void {
    if (this.#over !== undefined) return
    this.#over = new ConnectionBroken(why)
    this.#channel?.close()
    for (const { reject } of this.#pending.values()) reject(this.#over)
    this.#pending.clear()
  }

  async #connect(): Promise<Channel | undefined> {
    const { self, to, address, clock, timers } = this.#options
    try {
      const socket = await connectTcp(address)
      const channel = new Channel(socket, {
        clock,
        timers,
        heard: (body) => this.#hear(body),
        ended: (why) => this.break(`the connection from ${self} to ${to} broke: ${why}`)
      })
      this.#channel = channel
      if (this.#over !== undefined) channel.close()
      channel.send({ _tag: "Hello", from: self, to })
      return channel
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      this.break(`${self} cannot reach ${to} at ${showAddress(address)}: ${why}`)
      return undefined
    }
  }

  #hear(body: unknown): void {
    const answered = this.#options.conversation.answered.decode(body)
    if (Result.isFailure(answered)) {
      this.#channel?.refuse('an answer must be { _tag: "Answered", id, answer }')
      return
    }
    const { id, answer } = answered.success
    this.#pending.get(id)?.resolve(answer)
    this.#pending.delete(id)
  }
}
