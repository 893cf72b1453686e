import { type Socket, SocketClosedError } from "../../runtime/transport.ts"
import { CodecError, decode, Frame, FrameSplitter, headerReader, type Message, parseFrame } from "../mcbp/index.ts"
import type { CloseReason } from "./close-reason.ts"
import type { Transcript } from "./transcript.ts"

/** What a connection does with messages: the handshake first, then the consumer's or the producer's side of DCP. */
export interface Role {
  /** Takes one message; what it has to say at once it sends through its connection. */
  receive(message: Message, frame: Frame): void
  /** Says what it says unasked: called after received messages and after orders from outside. */
  step(): void
}

/** What a connection needs of its endpoint. */
export interface ConnectionHost {
  readonly transcript: Transcript
  /** Messages taken before `step` is called, `max_reqs_per_event` in kv. */
  readonly requestsPerStep: number
  /** Told of each message before the role is; may close the connection. */
  arriving(connection: KvConnection, message: Message): void
  /** The bytes to send for a message, which a misbehaviour may spoil. */
  leaving(connection: KvConnection, message: Message): Uint8Array
  /** Told once that a connection is over. */
  gone(connection: KvConnection): void
}

/**
 * A connection accepted by a kv endpoint: bytes to messages to role, and back.
 *
 * What the role says because of one chunk is one write. A connection whose writes are held back reads nothing more
 * until they are taken, so a peer that does not read cannot fill the memory.
 * Source: kv_engine daemon/connection.cc executeCommandPipeline: received packets are executed, then DCP is stepped.
 */
export class KvConnection {
  readonly id: number
  readonly #socket: Socket
  readonly #host: ConnectionHost
  readonly #splitter = new FrameSplitter()
  #role: Role
  /** Bytes received in earlier chunks. */
  #received = 0
  #unsent: Uint8Array[] = []
  #writes = 0
  #heldBack = false
  #closed: CloseReason | undefined
  #closeAfterWrite: CloseReason | undefined

  constructor(id: number, socket: Socket, host: ConnectionHost, role: (connection: KvConnection) => Role) {
    this.id = id
    this.#socket = socket
    this.#host = host
    this.#role = role(this)
    host.transcript.add(id, { _tag: "Opened" })
    socket.onData((chunk) => this.#takeChunk(chunk))
    socket.onClose(() => this.#peerClosed())
    this.#readOn()
  }

  get isOpen(): boolean {
    return this.#closed === undefined
  }

  /** Why it is over, if it is. */
  get closed(): CloseReason | undefined {
    return this.#closed
  }

  /** Bytes of an incomplete frame that are kept until its rest arrives. */
  get buffered(): number {
    return this.#splitter.buffered
  }

  /** Whether written bytes wait for the peer; a role should then keep its data to itself. */
  get heldBack(): boolean {
    return this.#heldBack
  }

  /** How many writes were made, to tell whether two messages can share a chunk. */
  get writes(): number {
    return this.#writes
  }

  /** Goes on in another role. */
  become(role: Role): void {
    this.#role = role
  }

  /** Sends a message with the next write. */
  send(message: Message): void {
    if (this.#mayWrite()) this.#queue(this.#host.leaving(this, message))
  }

  /** Sends bytes with the next write; they need not be a message. */
  sendBytes(bytes: Uint8Array): void {
    if (this.#mayWrite()) this.#queue(bytes)
  }

  /** Lets the role say what it has to say and writes it. */
  poke(): void {
    if (this.isOpen) this.#role.step()
    this.flush()
  }

  /** Writes everything sent so far as one chunk. */
  flush(): void {
    if (!this.isOpen) return
    if (this.#unsent.length > 0) {
      const bytes = this.#unsent.length === 1 ? this.#unsent[0]! : Buffer.concat(this.#unsent)
      this.#unsent = []
      this.#write(bytes)
    }
    if (this.#closeAfterWrite !== undefined) this.#end(this.#closeAfterWrite)
  }

  /** Closes; what was sent before is written first, as far as the other end takes it. */
  close(reason: CloseReason): void {
    if (!this.isOpen) return
    this.#closeAfterWrite ??= reason
    this.flush()
  }

  /** Closes with the next write, and sends nothing more after what is in it by now. */
  closeAfterWrite(reason: CloseReason): void {
    this.#closeAfterWrite ??= reason
  }

  #mayWrite(): boolean {
    return this.isOpen && this.#closeAfterWrite === undefined
  }

  #queue(bytes: Uint8Array): void {
    this.#unsent.push(bytes)
    const frame = parseFrame(bytes)
    const message = frame instanceof CodecError ? frame : decode(frame)
    const direction = "sent"
    if (message instanceof CodecError) {
      this.#host.transcript.add(this.id, { _tag: "Unreadable", direction, bytes, fault: message })
    } else {
      this.#host.transcript.add(this.id, { _tag: "Packet", direction, message, bytes })
    }
  }

  #takeChunk(chunk: Uint8Array): void {
    const begin = this.#received
    this.#received += chunk.length
    const { frames, error } = this.#splitter.push(chunk)
    let untilStep = this.#host.requestsPerStep
    for (const frame of frames) {
      this.#takeFrame(frame)
      if (!this.isOpen) return
      untilStep -= 1
      if (untilStep > 0) continue
      this.#role.step()
      untilStep = this.#host.requestsPerStep
    }
    this.poke()
    if (error !== undefined) this.#refuse(chunk.slice(Math.max(0, error.frameOffset - begin)), error)
    this.#readOn()
  }

  #takeFrame(received: Frame): void {
    // A copy of its own, because the transcript keeps frames for long and a view would keep the whole chunk.
    const frame = new Frame(received.bytes.slice(), received.offset, headerReader)
    const message = decode(frame)
    if (message instanceof CodecError) {
      this.#refuse(frame.bytes, message)
      return
    }
    this.#host.transcript.add(this.id, { _tag: "Packet", direction: "received", message, bytes: frame.bytes })
    this.#host.arriving(this, message)
    if (this.isOpen) this.#role.receive(message, frame)
  }

  #refuse(bytes: Uint8Array, error: CodecError): void {
    this.#host.transcript.add(this.id, { _tag: "Unreadable", direction: "received", bytes, fault: error })
    this.close({ _tag: "BadBytes", error })
  }

  #peerClosed(): void {
    const error = this.#splitter.end()
    this.#end(error === undefined ? { _tag: "PeerClosed" } : { _tag: "BadBytes", error })
  }

  #write(bytes: Uint8Array): void {
    this.#writes += 1
    try {
      const accepted = this.#socket.write(bytes)
      if (accepted === undefined) return
      this.#heldBack = true
      accepted.then(
        () => this.#letGo(),
        () => this.#peerClosed()
      )
    } catch (error) {
      if (!(error instanceof SocketClosedError)) throw error
      this.#peerClosed()
    }
  }

  #letGo(): void {
    this.#heldBack = false
    this.poke()
    this.#readOn()
  }

  /** Later rather than now, because a memory socket delivers from within, and two of them would never return. */
  #readOn(): void {
    queueMicrotask(() => {
      if (this.isOpen && !this.#heldBack) this.#socket.activateOnce()
    })
  }

  #end(reason: CloseReason): void {
    if (this.#closed !== undefined) return
    this.#closed = reason
    this.#unsent = []
    this.#socket.close()
    this.#host.transcript.add(this.id, { _tag: "Closed", reason })
    this.#host.gone(this)
  }
}
