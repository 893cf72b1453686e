import { Result, Schema } from "effect"
import { type Clock, systemClock } from "../clock.ts"
import { ClockReading, type LamportClock } from "../lamport-clock.ts"
import { type Socket, SocketClosedError } from "../transport.ts"
import { encodeFrame, FrameReader } from "./frames.ts"

/** How long an end that refused waits for the other to read why, before it closes over its head. */
const lingerMs = 1000

const mostWhyCharacters = 500

const decodeEnvelope = Schema.decodeUnknownResult(Schema.Struct({ clock: ClockReading, body: Schema.Unknown }))

/** The last words of an end that refuses: what it did not like. */
const decodeRejected = Schema.decodeUnknownResult(Schema.TaggedStruct("Rejected", { why: Schema.String }))

/** What a channel needs, and whom it tells. */
export interface ChannelOptions {
  readonly clock: LamportClock
  readonly timers?: Clock
  /** Takes the body of one frame, checked by nobody yet. May refuse the channel. */
  readonly heard: (body: unknown, channel: Channel) => void
  /** Told once that nothing comes any more, and why; not after `close`. */
  readonly ended: (why: string, channel: Channel) => void
}

/** One connection that carries frames, each with the sender's logical time. */
export class Channel {
  readonly #socket: Socket
  readonly #options: ChannelOptions
  readonly #frames = new FrameReader()
  #state: "open" | "refusing" | "closed" = "open"
  /** Resolves when the other end has read enough of what was sent for us to read more from it. */
  #written: Promise<void> | undefined
  #stopLingering: () => void = () => {}

  constructor(socket: Socket, options: ChannelOptions) {
    this.#socket = socket
    this.#options = options
    socket.onData((chunk) => this.#receive(chunk))
    socket.onClose(() => this.#end("the other end closed the connection"))
    socket.activateOnce()
  }

  get isOpen(): boolean {
    return this.#state === "open"
  }

  /** Sends one frame; into the void if the channel is over. Throws `FrameError` if the body is too large for a frame. */
  send(body: unknown): void {
    const frame = encodeFrame({ clock: this.#options.clock.now, body })
    if (this.#state !== "open") return
    try {
      const written = this.#socket.write(frame)
      if (written === undefined) return
      this.#written = written
      // Nobody waits for it while nothing comes in, and a connection that breaks meanwhile must not take the process along.
      written.catch(() => {})
    } catch (error) {
      // The news of the close is on its way by itself.
      if (!(error instanceof SocketClosedError)) throw error
    }
  }

  /** Tells the other end what is wrong with it, then hears nothing any more and closes once it had time to read that. */
  refuse(why: string): void {
    if (this.#state !== "open") return
    // Cut short, because it may quote the other end, whose names are as long as it likes.
    this.send({ _tag: "Rejected", why: why.slice(0, mostWhyCharacters) })
    this.#state = "refusing"
    this.#stopLingering = (this.#options.timers ?? systemClock).setTimer(lingerMs, () => this.close())
    this.#options.ended(`refused: ${why}`, this)
  }

  close(): void {
    this.#state = "closed"
    this.#stopLingering()
    this.#socket.close()
  }

  #receive(chunk: Uint8Array): void {
    if (this.#state === "open") this.#take(chunk)
    const activate = () => this.#socket.activateOnce()
    const written = this.#written
    this.#written = undefined
    // Who does not read answers may not ask for more of them.
    if (written === undefined) activate()
    else written.then(activate, activate)
  }

  #take(chunk: Uint8Array): void {
    const { values, error } = this.#frames.push(chunk)
    for (const value of values) if (this.#state === "open") this.#open(value)
    if (error !== undefined) this.refuse(error.message)
  }

  #open(value: unknown): void {
    const envelope = decodeEnvelope(value)
    if (Result.isFailure(envelope)) {
      this.refuse("a frame must be an object with a logical time `clock` and a `body`")
      return
    }
    const { clock, body } = envelope.success
    this.#options.clock.witness(clock)
    const rejected = decodeRejected(body)
    if (Result.isSuccess(rejected)) this.#end(`the other end refused: ${rejected.success.why}`)
    else this.#options.heard(body, this)
  }

  #end(why: string): void {
    const wasOpen = this.#state === "open"
    this.close()
    if (wasOpen) this.#options.ended(why, this)
  }
}
