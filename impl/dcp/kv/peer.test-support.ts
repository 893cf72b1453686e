/** The other end of a kv endpoint in tests: what a proxy, or anyone else, may send and will hear. */
import { connectTcp } from "../../runtime/connect-tcp.ts"
import type { Socket } from "../../runtime/transport.ts"
import { connect } from "../connect.ts"
import { CodecError, decode, encode, FrameSplitter, type Message, plainRequest, type Request } from "../mcbp/index.ts"
import type { KvConsumer } from "./kv-consumer.ts"
import type { KvProducer } from "./kv-producer.ts"
import type { Entry, Transcript } from "./transcript.ts"

/** A message of one tag. */
export type Tagged<Tag extends Message["_tag"]> = Extract<Message, { readonly _tag: Tag }>

/** Fields that tell messages of one tag apart. */
type Fields = Readonly<Record<string, unknown>>

/** Where an endpoint listens. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** One end of a connection that remembers each message it hears, and in which chunk it came. */
export class Peer {
  readonly heard: { readonly message: Message; readonly bytes: Uint8Array; readonly chunk: number }[] = []
  readonly closed: Promise<void>
  readonly #socket: Socket
  readonly #splitter = new FrameSplitter()
  #wake: () => void = () => {}
  #chunks = 0
  #seen = 0

  constructor(socket: Socket) {
    this.#socket = socket
    this.closed = new Promise((resolve) => socket.onClose(resolve))
    socket.onData((chunk) => this.#take(chunk))
    socket.activateOnce()
  }

  /** A fresh TCP connection, before any handshake. */
  static async raw({ host, port }: Address): Promise<Peer> {
    return new Peer(await connectTcp({ host, port }))
  }

  /** A TCP connection that has passed the handshake. */
  static async open(address: Address, side: "consumer" | "producer", name = "replication:p->c:b"): Promise<Peer> {
    const socket = await connectTcp(address)
    const account = { user: "portcullis", password: "secret", bucket: "default" }
    return new Peer((await connect(socket, { side, name, ...account })).socket)
  }

  /** Sends messages or bytes as one chunk. */
  send(...what: readonly (Message | Uint8Array)[]): void {
    void this.#socket.write(Buffer.concat(what.map((one) => (one instanceof Uint8Array ? one : encode(one)))))
  }

  close(): void {
    this.#socket.close()
  }

  /** The next message of a tag after the last one that this returned; others on the way are passed over. */
  async next<Tag extends Message["_tag"]>(tag: Tag): Promise<Tagged<Tag>> {
    for (;;) {
      for (; this.#seen < this.heard.length; this.#seen++) {
        const { message } = this.heard[this.#seen]!
        if (message._tag !== tag) continue
        this.#seen += 1
        return message as Tagged<Tag>
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /** All messages of a tag heard so far. */
  all<Tag extends Message["_tag"]>(tag: Tag): readonly Tagged<Tag>[] {
    return this.heard.flatMap(({ message }) => (message._tag === tag ? [message as Tagged<Tag>] : []))
  }

  /** Returns once everything sent so far has been executed: the other end answers in order. */
  async fence(): Promise<void> {
    const opaque = 0xfe000000 + this.heard.length
    this.send({ ...plainRequest, _tag: "Noop", opaque })
    for (;;) if ((await this.next("NoopResponse")).opaque === opaque) return
  }

  #take(chunk: Uint8Array): void {
    this.#chunks += 1
    for (const frame of this.#splitter.push(chunk).frames) {
      const message = decode(frame)
      if (message instanceof CodecError) throw message
      this.heard.push({ message, bytes: frame.bytes, chunk: this.#chunks })
    }
    this.#wake()
    this.#socket.activateOnce()
  }
}

/** A request with only the fields that matter. */
export function request<Tag extends Request["_tag"]>(
  _tag: Tag,
  fields: Omit<Extract<Request, { readonly _tag: Tag }>, "_tag" | keyof typeof plainRequest> & {
    readonly vbucket?: number
    readonly opaque?: number
  }
): Message {
  return { ...plainRequest, _tag, ...fields } as Message
}

/** ADD_STREAM as the proxy sends it: the client opaque is the vBucket. */
export function addStream(vbucket: number, flags = 0): Message {
  return request("AddStream", { vbucket, opaque: vbucket, flags })
}

/** CLOSE_STREAM as the proxy sends it. */
export function closeStream(vbucket: number): Message {
  return request("CloseStream", { vbucket, opaque: vbucket })
}

/** Waits for a message in a transcript. */
export async function saw<Tag extends Message["_tag"]>(
  transcript: Transcript,
  direction: "received" | "sent",
  tag: Tag,
  fields: Fields = {},
  from = 0
): Promise<Tagged<Tag>> {
  const wanted = (entry: Entry) =>
    entry._tag === "Packet" &&
    entry.direction === direction &&
    entry.message._tag === tag &&
    Object.entries(fields).every(([key, value]) => (entry.message as unknown as Fields)[key] === value)
  const entry = await transcript.until(wanted, from)
  if (entry._tag !== "Packet") throw new Error("not a packet")
  return entry.message as Tagged<Tag>
}

/** Tags of the messages of a transcript, in order. */
export function tags(transcript: Transcript, direction: "received" | "sent"): readonly string[] {
  return transcript.messages(direction).map(({ _tag }) => _tag)
}

/** A consumer and a producer with a relay between them that passes every byte on and has a word of its own. */
export class Stage {
  readonly consumer: KvConsumer
  readonly producer: KvProducer
  readonly #toConsumer: Socket
  readonly #toProducer: Socket

  private constructor(consumer: KvConsumer, producer: KvProducer, toConsumer: Socket, toProducer: Socket) {
    this.consumer = consumer
    this.producer = producer
    this.#toConsumer = toConsumer
    this.#toProducer = toProducer
    pipe(toConsumer, toProducer)
    pipe(toProducer, toConsumer)
  }

  static async open(consumer: KvConsumer, producer: KvProducer): Promise<Stage> {
    const account = { user: "portcullis", password: "secret", bucket: "default", name: "replication:p->c:default" }
    const left = await connect(await connectTcp(await consumer.listen()), { side: "consumer", ...account })
    const right = await connect(await connectTcp(await producer.listen()), { side: "producer", ...account })
    return new Stage(consumer, producer, left.socket, right.socket)
  }

  tellConsumer(...messages: readonly Message[]): void {
    void this.#toConsumer.write(Buffer.concat(messages.map(encode)))
  }

  tellProducer(...messages: readonly Message[]): void {
    void this.#toProducer.write(Buffer.concat(messages.map(encode)))
  }

  /** Returns once the consumer has taken everything that the producer has said. */
  async fence(): Promise<void> {
    const from = this.producer.transcript.next
    this.producer.sendNoop()
    await saw(this.producer.transcript, "received", "NoopResponse", {}, from)
  }

  async close(): Promise<void> {
    await Promise.all([this.consumer.close(), this.producer.close()])
  }
}

function pipe(from: Socket, to: Socket): void {
  from.onData((chunk) => {
    void Promise.resolve(to.write(chunk)).then(
      () => from.activateOnce(),
      () => from.close()
    )
  })
  from.onClose(() => to.close())
  from.activateOnce()
}
