import { Result } from "effect"
import type { CommitAnswer } from "../../spec/group0/messages.ts"
import { type NodeId, type Position, Term } from "../../spec/metadata.ts"
import { type Clock, systemClock } from "../runtime/clock.ts"
import { connectTcp } from "../runtime/connect-tcp.ts"
import type { Injections } from "../runtime/injections.ts"
import type { LamportClock } from "../runtime/lamport-clock.ts"
import { type Log, silentLog } from "../runtime/log.ts"
import type { Address } from "../runtime/wire/address.ts"
import { Channel } from "../runtime/wire/channel.ts"
import { Applying } from "./applying.ts"
import { type Apply, type CommitGuard, type Entry, type Group0, type Leadership, Unavailable } from "./group0.ts"
import { Leaderships } from "./leadership.ts"
import type { MemberFrame, ServerFrame } from "./messages.ts"
import type { Words } from "./words.ts"

/** How long a member waits before it tries to connect once more. */
const retryMs = 20

export interface RemoteGroup0Options {
  readonly self: NodeId
  /** Where group 0's process listens now, as far as anybody knows. */
  readonly address: () => Address
  readonly clock: LamportClock
  /** Where the member has `group0_state_machine::delay_apply`. */
  readonly injections?: Injections
  readonly timers?: Clock
  readonly log?: Log
}

/** What came of a question: an answer, or that the connection broke before one. */
type Outcome = Extract<ServerFrame<never>, { readonly id: number }> | { readonly _tag: "Broken"; readonly why: string }

/**
 * A member's end of a group 0 that another process holds. It connects again whenever the connection breaks.
 *
 * Without a connection nobody leads as far as this member knows, and it goes on to apply what it has heard of.
 */
export class RemoteGroup0<Metadata, By> implements Group0<Metadata, By> {
  readonly #words: Words<Metadata, By>
  readonly #options: RemoteGroup0Options
  readonly #applying: Applying<Metadata>
  readonly #leaderships = new Leaderships({ term: Term.make(0), leader: null })
  readonly #pending = new Map<number, (outcome: Outcome) => void>()
  #asked = 0
  #channel: Channel | undefined
  #heard: Entry<Metadata> | undefined
  #lastWhy = ""
  #isClosed = false
  #stopRetrying: () => void = () => {}

  constructor(words: Words<Metadata, By>, options: RemoteGroup0Options) {
    this.#words = words
    this.#options = options
    const ready = async () => options.injections?.wait("group0_state_machine::delay_apply")
    this.#applying = new Applying({ ready, merge: (waiting) => waiting })
    void this.#connect()
  }

  get leadership(): Leadership {
    return this.#leaderships.now
  }

  onLeadership(heard: (now: Leadership) => void): () => void {
    return this.#leaderships.listen(heard)
  }

  follow(apply: Apply<Metadata>): void {
    this.#applying.follow(apply)
  }

  async readBarrier(): Promise<Position> {
    return (await this.#barrier()).at
  }

  async start(): Promise<CommitGuard<Metadata>> {
    return { seen: await this.#barrier() }
  }

  async commit({ seen }: CommitGuard<Metadata>, by: By, metadata: Metadata): Promise<CommitAnswer> {
    const outcome = await this.#ask((id) => ({ _tag: "Commit", id, expected: seen.at, by, metadata }))
    if (outcome._tag === "CommitEnded") return outcome.answer
    // The command may have arrived before the connection broke.
    if (outcome._tag === "Broken") return { _tag: "StatusUnknown" }
    throw new Unavailable(outcome._tag === "NotNow" ? outcome.why : "group 0 answered another question")
  }

  close(): Promise<void> {
    this.#isClosed = true
    this.#stopRetrying()
    this.#applying.stop(`${this.#options.self} has left group 0`)
    this.#channel?.close()
    this.#disconnected(`${this.#options.self} has left group 0`)
    return Promise.resolve()
  }

  // ---- questions -----------------------------------------------------------------------------------------------------

  async #barrier(): Promise<Entry<Metadata>> {
    const outcome = await this.#ask((id) => ({ _tag: "Where", id }))
    if (outcome._tag === "Head") return this.#applying.reached(outcome.at)
    throw new Unavailable("why" in outcome ? outcome.why : "group 0 answered another question")
  }

  /** Rejects with `Unavailable` if the question was never sent, and with `FrameError` if it is too large to be. */
  async #ask(question: (id: number) => MemberFrame<Metadata, By>): Promise<Outcome> {
    const channel = this.#channel
    if (channel === undefined) throw new Unavailable(`${this.#options.self} is not connected with group 0`)
    const id = ++this.#asked
    channel.send(this.#words.frames.member.encode(question(id)))
    return new Promise((resolve) => this.#pending.set(id, resolve))
  }

  // ---- the connection ------------------------------------------------------------------------------------------------

  async #connect(): Promise<void> {
    const { self, address, clock, timers = systemClock, log = silentLog } = this.#options
    try {
      const socket = await connectTcp(address())
      const channel = new Channel(socket, {
        clock,
        timers,
        heard: (body, channel) => this.#hear(body, channel),
        ended: (why) => {
          // Who is cut off tries often, and hears the same each time.
          if (why !== this.#lastWhy) log.warn("the connection with group 0 broke", { self, why })
          this.#lastWhy = why
          this.#disconnected(why)
          this.#retry()
        }
      })
      if (this.#isClosed) channel.close()
      channel.send(this.#words.frames.member.encode({ _tag: "Hello", member: self }))
      this.#channel = channel
    } catch {
      // Group 0 is not there yet, or not any more. Every question says so by itself.
      this.#retry()
    }
  }

  #retry(): void {
    if (this.#isClosed) return
    this.#stopRetrying = (this.#options.timers ?? systemClock).setTimer(retryMs, () => void this.#connect())
  }

  #disconnected(why: string): void {
    this.#channel = undefined
    this.#applying.interrupt(why)
    const pending = [...this.#pending.values()]
    this.#pending.clear()
    for (const resolve of pending) resolve({ _tag: "Broken", why })
    this.#leaderships.become({ term: this.#leaderships.now.term, leader: null })
  }

  #hear(body: unknown, channel: Channel): void {
    const decoded = this.#words.frames.server.decode(body)
    if (Result.isFailure(decoded)) {
      channel.refuse("no frame of group 0's process")
      return
    }
    const frame = decoded.success
    if (frame._tag === "Entry") this.#arrive(frame)
    else if (frame._tag === "Leads") this.#leaderships.become({ term: frame.term, leader: frame.leader })
    else {
      this.#pending.get(frame.id)?.(frame)
      this.#pending.delete(frame.id)
    }
  }

  #arrive({ at, metadata }: Entry<Metadata>): void {
    if (this.#heard !== undefined && at < this.#heard.at)
      this.#applying.stop(`group 0 went back from position ${this.#heard.at} to ${at}: it has lost what it committed`)
    this.#heard = { at, metadata }
    this.#applying.arrive(this.#heard)
  }
}
