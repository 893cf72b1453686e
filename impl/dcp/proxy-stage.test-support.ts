import type { ReplyValue, Request } from "../../spec/dcp/messages.ts"
import type { VBucket } from "../../spec/ids.ts"
import { describeExit } from "../runtime/exit.ts"
import { MemorySocket } from "../runtime/memory-socket.ts"
import { ConsumerConnection } from "./consumer-connection.ts"
import type { StreamEnd } from "./consumer-streams.ts"
import { tellPackets } from "./packets.test-support.ts"
import { ProducerConnection } from "./producer-connection.ts"
import type { Partner, ProxyOptions } from "./proxy-process.ts"

/** A vBucket, for readers who know what they do. */
export const vb = (number: number): VBucket => number as VBucket

/** vBuckets. */
export const vbs = (...numbers: number[]): VBucket[] => numbers.map(vb)

/** A reply as one line. */
export function tellReply(value: ReplyValue): string {
  if (value._tag === "Partitions") return `open [${value.vbuckets.join(",")}]`
  if (value._tag !== "Errors") return describeExit(value)
  return `Errors ${value.failures.map((failure) => `(${describeExit(failure)})`).join(" ")}`
}

/** What is heard at one far end of a proxy: every chunk as lines, and the close. */
function listen(socket: MemorySocket, name: string, heard: string[]): void {
  socket.onData((chunk) => {
    heard.push(`${name} gets ${tellPackets(chunk).join(" | ")}`)
    socket.activateOnce()
  })
  socket.onClose(() => heard.push(`${name} closed`))
  socket.activateOnce()
}

/** A joined pair of proxies whose far ends, both kv nodes, are played by the test. */
export class ProxyStage {
  readonly consumer: ConsumerConnection
  readonly producer: ProducerConnection
  /** Everything that came out, in order. */
  readonly heard: string[] = []
  readonly kvConsumer: MemorySocket
  readonly kvProducer: MemorySocket

  constructor(makeConsumer = (options: ProxyOptions) => new ConsumerConnection(options)) {
    const [consumerSocket, kvConsumer] = MemorySocket.pair()
    const [producerSocket, kvProducer] = MemorySocket.pair()
    this.kvConsumer = kvConsumer
    this.kvProducer = kvProducer
    listen(kvConsumer, "kc", this.heard)
    listen(kvProducer, "kp", this.heard)
    this.consumer = makeConsumer({ socket: consumerSocket })
    this.producer = new ProducerConnection({ socket: producerSocket })
    this.consumer.setPartner(this.#overheard(this.producer), producerSocket)
    this.producer.setPartner(this.consumer, consumerSocket)
    this.consumer.onExit((reason) => this.heard.push(`cc exits ${describeExit(reason)}`))
    this.producer.onExit((reason) => this.heard.push(`pc exits ${describeExit(reason)}`))
  }

  /** Makes a call under a name; its replies are heard. */
  async call(name: string, request: Request): Promise<string[]> {
    this.consumer.submit(request, (value) => this.heard.push(`${name}: ${tellReply(value)}`))
    return this.settled()
  }

  setup(name: string, ...vbuckets: number[]): Promise<string[]> {
    return this.call(name, { _tag: "SetupStreams", vbuckets: vbs(...vbuckets) })
  }

  shut(name: string): Promise<string[]> {
    return this.call(name, { _tag: "ShutConnection" })
  }

  /** One chunk from the kv consumer. */
  fromKc(...packets: Uint8Array[]): Promise<string[]> {
    this.kvConsumer.write(Buffer.concat(packets))
    return this.settled()
  }

  /** One chunk from the kv producer. */
  fromKp(...packets: Uint8Array[]): Promise<string[]> {
    this.kvProducer.write(Buffer.concat(packets))
    return this.settled()
  }

  /** The end of a stream, as if the producer connection had told. */
  end(vbucket: number, opaque: number, reason = 2): Promise<string[]> {
    this.consumer.cast({
      _tag: "ProducerStreamEnd",
      vbucket: vb(vbucket),
      opaque: opaque as StreamEnd["opaque"],
      reason
    })
    return this.settled()
  }

  async open(): Promise<string> {
    const value = await this.consumer.call({ _tag: "GetPartitions" })
    return tellReply(value)
  }

  /** Waits until nothing more happens by itself, and returns what was heard since the last time. */
  async settled(): Promise<string[]> {
    await this.consumer.settled()
    await this.producer.settled()
    await this.consumer.settled()
    await this.producer.settled()
    return this.heard.splice(0)
  }

  #overheard<Cast extends { readonly vbucket: VBucket }>(partner: Partner<Cast>): Partner<Cast> {
    return {
      cast: (cast) => {
        this.heard.push(`pc told to close vb${cast.vbucket}`)
        partner.cast(cast)
      }
    }
  }
}
