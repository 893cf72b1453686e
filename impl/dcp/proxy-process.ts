import { type Clock, systemClock } from "../runtime/clock.ts"
import { Crash } from "../runtime/exit.ts"
import { type Log, silentLog } from "../runtime/log.ts"
import { Process } from "../runtime/process.ts"
import type { Socket } from "../runtime/transport.ts"
import { joinFrames } from "./join-frames.ts"
import { type Frame, FrameSplitter, Magic } from "./mcbp/index.ts"
import type { ProxyExit } from "./proxy-exit.ts"

/** What becomes of a packet once it was looked at: passed on to the partner's socket, or swallowed. */
export type Fate = "proxy" | "block"

/** What a proxy process needs; its socket must not have been activated. */
export interface ProxyOptions {
  readonly socket: Socket
  readonly clock?: Clock
  readonly log?: Log
}

/** The other half of a proxy pair, as far as this half talks to it. */
export interface Partner<Cast> {
  cast(cast: Cast): void
}

/** What a proxy finds in its mailbox: bytes from its socket, its socket's end, or an order of its own kind. */
export type ProxyMail<Order> =
  | { readonly _tag: "Chunk"; readonly bytes: Uint8Array }
  | { readonly _tag: "PeerClosed" }
  | { readonly _tag: "Order"; readonly order: Order }

/**
 * One half of a proxy pair: owns a socket, looks at every packet that arrives on it, and passes most on to its partner's.
 *
 * A chunk of bytes is one message. Its packets are handled in order, and what a handler sends, casts or replies happens
 * at once; the packets to be passed on are collected and written after the whole chunk, in one write and unchanged. So a
 * cast overtakes the packet that caused it (dossier O1), and a crash takes the collected packets of its chunk along (S15).
 *
 * Source: ns_server dcp_proxy.erl handle_info socket_data, process_data, process_data_loop, handle_packet.
 */
export abstract class ProxyProcess<Order, PartnerCast> extends Process<ProxyMail<Order>, ProxyExit> {
  protected readonly log: Log
  readonly #socket: Socket
  readonly #splitter = new FrameSplitter()
  #partner: Partner<PartnerCast> | undefined
  #partnerSocket: Socket | undefined
  /** Writes of the message in hand that a slow reader has not let through yet. */
  #heldBack: Array<Promise<void>> = []

  constructor(options: ProxyOptions) {
    super(options.clock ?? systemClock)
    this.log = options.log ?? silentLog
    this.#socket = options.socket
    this.#socket.onData((bytes) => this.post({ _tag: "Chunk", bytes }))
    this.#socket.onClose(() => this.post({ _tag: "PeerClosed" }))
    this.#socket.activateOnce()
  }

  /** Joins the two halves; what arrives before cannot be passed on. */
  setPartner(partner: Partner<PartnerCast>, socket: Socket): void {
    this.#partner = partner
    this.#partnerSocket = socket
  }

  /** Looks at one packet, acts on it, and decides its fate. */
  protected abstract packetFate(frame: Frame): Fate

  /** Carries out one order from another process. */
  protected abstract obey(order: Order): void

  protected override receive(mail: ProxyMail<Order>): Promise<void> | void {
    if (mail._tag === "Chunk") this.processChunk(mail.bytes)
    else if (mail._tag === "Order") this.obey(mail.order)
    else this.exit(this.exitOnSocketClosed())
    const written = this.#whenWritten()
    if (mail._tag !== "Chunk") return written
    if (written === undefined) this.#socket.activateOnce()
    else return written.then(() => this.#socket.activateOnce())
  }

  /** Handles all packets of a chunk, then passes on what is to be passed on. */
  protected processChunk(bytes: Uint8Array): void {
    const { frames, error } = this.#splitter.push(bytes)
    const proxied: Frame[] = []
    for (const frame of frames) {
      if (frame.magic !== Magic.ClientRequest && frame.magic !== Magic.ClientResponse) {
        this.crash({ _tag: "UnexpectedMagic", magic: frame.magic })
      }
      if (this.packetFate(frame) === "proxy") proxied.push(frame)
      // Whom a handler tells something may in turn kill this process, which then handles nothing more.
      if (!this.isAlive) return
    }
    if (error !== undefined) this.crash({ _tag: "BadBytes", error })
    if (proxied.length > 0) this.forward(proxied)
  }

  /** Passes packets on to the partner's socket, in one write. */
  protected forward(frames: readonly Frame[]): void {
    const socket = this.#partnerSocket
    if (socket === undefined) this.crash({ _tag: "WriteFailed", error: new Error("there is no partner yet") })
    this.#write(socket, joinFrames(frames))
  }

  /** Sends a packet of the proxy's own on its own socket. */
  protected send(packet: Uint8Array): void {
    this.#write(this.#socket, packet)
  }

  /** Tells the partner something. */
  protected tellPartner(cast: PartnerCast): void {
    this.#partner?.cast(cast)
  }

  /** A closed socket is no normal end, so that links follow. Source: ns_server commit 59feda6fd, MB-21511. */
  protected exitOnSocketClosed(): ProxyExit | { readonly _tag: "Normal" } {
    return { _tag: "SocketClosed" }
  }

  /** Ends this process from within a handler. */
  protected crash(reason: ProxyExit): never {
    throw new Crash(reason)
  }

  protected override release(): void {
    this.#socket.close()
  }

  #write(socket: Socket, bytes: Uint8Array): void {
    const failed = (error: unknown) => this.exit({ _tag: "WriteFailed", error })
    try {
      const accepted = socket.write(bytes)
      if (accepted !== undefined) this.#heldBack.push(accepted.catch(failed))
    } catch (error) {
      this.crash({ _tag: "WriteFailed", error })
    }
  }

  #whenWritten(): Promise<void> | undefined {
    if (this.#heldBack.length === 0) return undefined
    const written = Promise.all(this.#heldBack)
    this.#heldBack = []
    return written.then(() => undefined)
  }
}
