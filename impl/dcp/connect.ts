import { type Clock, systemClock } from "../runtime/clock.ts"
import { type Socket, SocketClosedError } from "../runtime/transport.ts"
import { ConnectError, type ConnectStep, refused } from "./connect-error.ts"
import { HandedOverSocket } from "./connect-socket.ts"
import {
  CodecError,
  Datatype,
  decode,
  encode,
  type Frame,
  FrameSplitter,
  HelloFeature,
  type Message,
  OpenFlag,
  plainCredentials,
  plainRequest,
  type Request,
  type Response
} from "./mcbp/index.ts"

/** What the proxy says of itself to a kv node. */
export interface ConnectOptions {
  /** Which side the node is to play: it consumes what the proxy brings, or it produces. */
  readonly side: "consumer" | "producer"
  /** DCP name, 1 to 200 bytes; `connectionName` makes it. */
  readonly name: string
  readonly user: string
  readonly password: string
  readonly bucket: string
  /** HELO features asked for; all but snappy must be accepted. */
  readonly features?: readonly number[]
  /** Sent in the JSON value of DCP_OPEN, so that a producer knows who consumes. */
  readonly consumerName?: string
  /** How long one step may take; for ever unless told. */
  readonly timeout?: { readonly milliseconds: number; readonly clock?: Clock }
}

/** A connection that has passed the handshake. */
export interface Connected {
  /** Where DCP begins: its first chunk starts with the first byte after the response to DCP_OPEN. */
  readonly socket: Socket
  /** The features that were accepted. */
  readonly features: readonly number[]
}

/** Features that a proxy asks for unless told otherwise. Duplex is left out: a server's own requests would crash it. */
export const defaultFeatures: readonly number[] = [
  HelloFeature.Xattr,
  HelloFeature.Snappy,
  HelloFeature.Json,
  HelloFeature.Collections
]

const consumerFlags = OpenFlag.IncludeXattrs | OpenFlag.IncludeDeleteTimes | OpenFlag.IncludeDeletedUserXattrs
const openFlags = { consumer: consumerFlags, producer: consumerFlags | OpenFlag.Producer } as const

/**
 * The name under which both sockets of a proxy pair are opened; the suffix appears from the second connection on.
 *
 * Source: ns_server dcp_replicator.erl get_connection_name.
 */
export function connectionName(producer: string, consumer: string, bucket: string, connection = 0): string {
  const suffix = connection > 0 ? `/${connection}` : ""
  const name = `replication:${producer}->${consumer}:${bucket}${suffix}`
  const bytes = Buffer.byteLength(name)
  if (bytes > 200) throw new RangeError(`a DCP connection name must be at most 200 bytes, was ${bytes}`)
  return name
}

/**
 * Walks a fresh socket through SASL_AUTH PLAIN, SELECT_BUCKET, HELO and DCP_OPEN.
 *
 * Each step awaits its response. Rejects with `ConnectError`, and the socket is closed by then.
 * Source: ns_server dcp_proxy.erl connect and negotiate_features; dossier `dcp.md` 1.1.
 */
export async function connect(socket: Socket, options: ConnectOptions): Promise<Connected> {
  const features = options.features ?? defaultFeatures
  const handshake = new Handshake(socket, options.timeout)
  try {
    await handshake.ask("auth", {
      ...plainRequest,
      _tag: "SaslAuth",
      mechanism: "PLAIN",
      payload: plainCredentials(options.user, options.password)
    })
    await handshake.ask("selectBucket", { ...plainRequest, _tag: "SelectBucket", bucket: options.bucket })
    const hello = await handshake.ask("hello", { ...plainRequest, _tag: "Hello", agent: "portcullis proxy", features })
    const accepted = hello._tag === "HelloResponse" ? hello.features : []
    requireFeatures(features, accepted)
    await handshake.ask("open", openRequest(options))
    return { socket: new HandedOverSocket(socket, handshake.surplus), features: accepted }
  } catch (error) {
    socket.close()
    throw error
  }
}

function openRequest({ side, name, consumerName }: ConnectOptions): Request {
  const value = consumerName === undefined ? "" : JSON.stringify({ consumer_name: consumerName })
  const datatype = value === "" ? Datatype.Raw : Datatype.Json
  return { ...plainRequest, _tag: "Open", datatype, reserved: 0, flags: openFlags[side], name, value }
}

function requireFeatures(asked: readonly number[], accepted: readonly number[]): void {
  const missing = asked.filter((feature) => !accepted.includes(feature) && feature !== HelloFeature.Snappy)
  if (missing.length === 0) return
  const names = missing.map((feature) => `0x${feature.toString(16).padStart(2, "0")}`).join(", ")
  throw new ConnectError("FeatureRefused", "hello", `feature ${names} was not accepted`)
}

interface Pending {
  readonly step: ConnectStep
  readonly request: Request
  readonly resolve: (response: Response) => void
  readonly reject: (error: ConnectError) => void
}

/** One request after the other on a socket that is not anybody else's yet. */
class Handshake {
  readonly #socket: Socket
  readonly #timeout: ConnectOptions["timeout"]
  readonly #splitter = new FrameSplitter()
  #pending: Pending | undefined
  /** Opaques tell the responses apart, so that an answer to an earlier step is not taken for this one's. */
  #opaque = 0
  #received = 0
  #isOver = false
  /** What followed the last response in its chunk. */
  surplus: Uint8Array = new Uint8Array(0)

  constructor(socket: Socket, timeout: ConnectOptions["timeout"]) {
    this.#socket = socket
    this.#timeout = timeout
    socket.onData((chunk) => this.#take(chunk))
    socket.onClose(() => this.#closed())
  }

  /** Sends a request and resolves with its response, which is a success. */
  ask(step: ConnectStep, plain: Request): Promise<Response> {
    const request: Request = { ...plain, opaque: ++this.#opaque }
    const bytes = encode(request)
    return new Promise((resolve, reject) => {
      const cancel = this.#startTimer(step)
      this.#pending = {
        step,
        request,
        resolve(response) {
          cancel()
          resolve(response)
        },
        reject(error) {
          cancel()
          reject(error)
        }
      }
      if (this.#isOver) return this.#closed()
      if (this.surplus.length > 0) return this.#fail("UnexpectedPacket", "bytes came that were not asked for")
      this.#write(bytes)
      this.#socket.activateOnce()
    })
  }

  #write(bytes: Uint8Array): void {
    try {
      // What is held back or cannot be written shows itself as a close, or as an answer that does not come.
      Promise.resolve(this.#socket.write(bytes)).catch(() => this.#closed())
    } catch (error) {
      if (!(error instanceof SocketClosedError)) throw error
      this.#closed()
    }
  }

  #take(chunk: Uint8Array): void {
    const begin = this.#received
    this.#received += chunk.length
    const { frames, error } = this.#splitter.push(chunk)
    const [frame] = frames
    if (frame !== undefined) {
      this.surplus = chunk.subarray(frame.offset + frame.bytes.length - begin)
      this.#answer(frame)
    } else if (error !== undefined) {
      this.#fail("BadBytes", error.message, error)
    } else {
      this.#socket.activateOnce()
    }
  }

  #answer(frame: Frame): void {
    const pending = this.#pending
    if (pending === undefined) return
    const message = decode(frame)
    if (message instanceof CodecError) {
      this.#fail("BadBytes", message.message, message)
      return
    }
    if (!answers(message, pending.request)) {
      this.#fail("UnexpectedPacket", `${frame.name} came`)
      return
    }
    this.#pending = undefined
    if (message.status === 0) pending.resolve(message)
    else pending.reject(refused(pending.step, message.status))
  }

  #closed(): void {
    this.#isOver = true
    const fault = this.#splitter.end()
    if (fault === undefined) this.#fail("SocketClosed", "the socket closed before the response")
    else this.#fail("BadBytes", fault.message, fault)
  }

  #fail(reason: ConnectError["reason"], detail: string, cause?: CodecError): void {
    const pending = this.#pending
    this.#pending = undefined
    pending?.reject(new ConnectError(reason, pending.step, detail, undefined, cause))
  }

  #startTimer(step: ConnectStep): () => void {
    if (this.#timeout === undefined) return () => {}
    const { milliseconds, clock = systemClock } = this.#timeout
    return clock.setTimer(milliseconds, () => this.#fail("TimedOut", `no response to ${step} in ${milliseconds} ms`))
  }
}

function answers(message: Message, request: Request): message is Response {
  return message._tag === `${request._tag}Response` && message.opaque === request.opaque
}
