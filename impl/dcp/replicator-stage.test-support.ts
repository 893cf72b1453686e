import { VirtualClock } from "../runtime/clock.ts"
import { describeExit } from "../runtime/exit.ts"
import { MemorySocket } from "../runtime/memory-socket.ts"
import type { Socket } from "../runtime/transport.ts"
import { packet, tellPackets } from "./packets.test-support.ts"
import { type Connect, Replicator, type ReplicatorOptions } from "./replicator.ts"

/** A replicator whose two kv nodes are played by the test; what they get is heard. */
export class ReplicatorStage {
  readonly heard: string[] = []
  readonly clock = new VirtualClock()
  readonly replicator: Replicator
  readonly kvConsumer: MemorySocket
  readonly kvProducer: MemorySocket

  constructor(make = (options: ReplicatorOptions) => new Replicator(options), connect: Partial<Connect> = {}) {
    const [consumerSocket, kvConsumer] = MemorySocket.pair()
    const [producerSocket, kvProducer] = MemorySocket.pair()
    this.kvConsumer = kvConsumer
    this.kvProducer = kvProducer
    this.#play(kvConsumer, "kc")
    this.#play(kvProducer, "kp")
    const sockets: Connect = { consumer: async () => consumerSocket, producer: async () => producerSocket, ...connect }
    this.replicator = make({ connect: sockets, clock: this.clock })
    this.replicator.onExit((reason) => this.heard.push(`replicator exits ${describeExit(reason)}`))
  }

  /** Lets everything happen that can, and returns what was heard since the last time. */
  async settled(): Promise<string[]> {
    await new Promise((resolve) => setImmediate(resolve))
    return this.heard.splice(0)
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

  /** Notes under a name how a call comes out. */
  watch(name: string, call: Promise<{ readonly _tag: string }>): void {
    call.then(
      (value) => this.heard.push(`${name}: ${describeExit(value)}`),
      (error: { readonly _tag: string }) => this.heard.push(`${name} rejected: ${error._tag}`)
    )
  }

  /** Sets one stream up and forgets what was heard of it. */
  async open(vbucket: number): Promise<void> {
    this.watch("open", this.replicator.setupReplication([vbucket as never]))
    await this.settled()
    await this.fromKc(packet.streamRequest(vbucket, 20 + vbucket), packet.addResponse(vbucket))
    this.heard.length = 0
  }

  #play(socket: Socket, name: string): void {
    socket.onData((chunk) => {
      this.heard.push(`${name} gets ${tellPackets(chunk).join(" | ")}`)
      socket.activateOnce()
    })
    socket.onClose(() => this.heard.push(`${name} closed`))
    socket.activateOnce()
  }
}
