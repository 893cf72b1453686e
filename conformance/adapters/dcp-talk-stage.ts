/** Our proxy pair as a stage for golden conversations: a replicator on memory sockets, real bytes, every write overheard. */
import { ConsumerConnection } from "../../impl/dcp/consumer-connection.ts"
import type { CloseStreamCast } from "../../impl/dcp/consumer-streams.ts"
import { ProducerConnection } from "../../impl/dcp/producer-connection.ts"
import type { ProxyOptions } from "../../impl/dcp/proxy-process.ts"
import { MemorySocket } from "../../impl/runtime/memory-socket.ts"
import type { Socket } from "../../impl/runtime/transport.ts"
import type { ConsumerOutput, Packet, ProducerCast, ProducerOutput } from "../../spec/dcp/messages.ts"
import type { DcpInput, KvSocket } from "../talk/dcp-command-text.ts"
import type { DcpStage, Heard } from "../talk/dcp-stage.ts"
import { FrameReader, readPacket } from "./dcp-wire/frames.ts"
import { MemoryEnd } from "./memory-end.ts"
import { type Opened, openReplicator } from "./our-replicator.ts"
import { deathOf } from "./proxy-death.ts"

/** Which halves to play; ours where nothing is told. */
export interface Halves {
  readonly consumer?: typeof OverheardConsumer
  readonly producer?: typeof OverheardProducer
}

/** A stage for our pair, or for one with halves of another design. */
export const talkStage = async (halves: Halves = {}): Promise<DcpStage> => {
  const stage = new TalkStage(halves)
  await stage.open()
  return stage
}

class TalkStage implements DcpStage {
  readonly #halves: Halves
  #heard: Array<Heard> = []
  #dead = false
  #pair: Opened | undefined
  #ends: { readonly [S in KvSocket]: MemoryEnd } | undefined

  constructor(halves: Halves) {
    this.#halves = halves
  }

  async open(): Promise<void> {
    const [consumer, kvConsumer] = MemorySocket.pair()
    const [producer, kvProducer] = MemorySocket.pair()
    const connect = {
      consumer: (): Promise<Socket> => Promise.resolve(this.#overheard(consumer, "kv-consumer")),
      producer: (): Promise<Socket> => Promise.resolve(this.#overheard(producer, "kv-producer"))
    }
    // What reaches the far ends was heard when it was written, so they only make room for more.
    this.#ends = {
      "kv-consumer": new MemoryEnd(kvConsumer, "kv-consumer", () => {}),
      "kv-producer": new MemoryEnd(kvProducer, "kv-producer", () => {})
    }
    this.#dead = false
    const hear = (output: ConsumerOutput | ProducerOutput) => this.#hear(output)
    const { consumer: Consumer = OverheardConsumer, producer: Producer = OverheardProducer } = this.#halves
    this.#pair = await openReplicator(connect, {
      consumer: (options) => this.#mortal(new Consumer(options, hear)),
      producer: (options) => this.#mortal(new Producer(options, hear))
    })
  }

  async give(input: DcpInput): Promise<ReadonlyArray<Heard>> {
    this.#heard = []
    if (input._tag === "Reconnect") await this.open()
    else if (!this.#dead) {
      this.#deliver(input)
      await this.#settled()
      if (this.#dead) this.#closed()
    }
    return this.#heard
  }

  async stop(): Promise<void> {
    this.#pair?.replicator.exit({ _tag: "Killed" })
    await this.#pair?.replicator.settled()
  }

  #deliver(input: Exclude<DcpInput, { _tag: "Reconnect" }>): void {
    switch (input._tag) {
      case "Call": {
        const { call } = input
        this.#pair?.consumer.submit(input.request, (value) => this.#hear({ _tag: "Reply", call, value }))
        break
      }
      case "Cast":
        this.#pair?.consumer.cast(input.cast)
        break
      case "FromKv":
        this.#ends?.[input.socket].write(input.packets)
        break
      case "Close":
        this.#ends?.[input.socket].close()
    }
  }

  #hear(output: ConsumerOutput | ProducerOutput): void {
    this.#heard.push({ _tag: "Output", output })
  }

  /** Only the first death is a crash; the other dies of it. */
  #mortal<P extends ConsumerConnection | ProducerConnection>(process: P): P {
    process.onExit((reason) => {
      if (this.#dead) return
      this.#dead = true
      const death = deathOf(reason)
      if (death._tag === "Crash") this.#hear(death)
      else this.#heard.push({ _tag: "Strange", what: `died: ${death.why}` })
    })
    return process
  }

  #closed(): void {
    for (const socket of ["kv-consumer", "kv-producer"] as const)
      if (this.#ends?.[socket].isClosed) this.#heard.push({ _tag: "SocketClosed", socket })
  }

  /** The same socket, with every write heard at the moment at which it is made. */
  #overheard(socket: MemorySocket, name: KvSocket): Socket {
    const reader = new FrameReader()
    const written = (bytes: Uint8Array): void => {
      const packets: Array<Packet> = []
      for (const frame of reader.push(bytes)) {
        const packet = readPacket(frame)
        if (packet._tag === "Strange") this.#heard.push({ _tag: "Strange", what: packet.what })
        else packets.push(packet)
      }
      if (packets.length > 0)
        this.#hear({ _tag: name === "kv-consumer" ? "ForwardKvConsumer" : "ForwardKvProducer", packets })
    }
    return {
      write: (bytes) => {
        written(bytes)
        return socket.write(bytes)
      },
      onData: (receive) => socket.onData(receive),
      onClose: (closed) => socket.onClose(closed),
      activateOnce: () => socket.activateOnce(),
      close: () => socket.close()
    }
  }

  /** The longest way: one half tells the other, that one dies, the replicator hears of it and ends the first. */
  async #settled(): Promise<void> {
    for (let round = 0; round < 3; round++) {
      await this.#pair?.consumer.settled()
      await this.#pair?.producer.settled()
      await this.#pair?.replicator.settled()
    }
  }
}

/** A consumer connection whose casts are heard. */
export class OverheardConsumer extends ConsumerConnection {
  readonly #hear: (output: ConsumerOutput) => void

  constructor(options: ProxyOptions, hear: (output: ConsumerOutput) => void) {
    super(options)
    this.#hear = hear
  }

  protected override tellPartner(cast: CloseStreamCast): void {
    this.#hear({ _tag: "CastCloseStream", vbucket: cast.vbucket })
    super.tellPartner(cast)
  }
}

/** A producer connection whose casts are heard. */
export class OverheardProducer extends ProducerConnection {
  readonly #hear: (output: ProducerOutput) => void

  constructor(options: ProxyOptions, hear: (output: ProducerOutput) => void) {
    super(options)
    this.#hear = hear
  }

  protected override tellPartner(cast: ProducerCast): void {
    this.#hear({ _tag: "CastConsumer", cast })
    super.tellPartner(cast)
  }
}
