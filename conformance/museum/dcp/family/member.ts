/** One replicator with its two proxies, and what can be seen of their lives. */
import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import { ProducerConnection } from "../../../../impl/dcp/producer-connection.ts"
import type { ProxyOptions } from "../../../../impl/dcp/proxy-process.ts"
import { Replicator } from "../../../../impl/dcp/replicator.ts"
import type { Clock } from "../../../../impl/runtime/clock.ts"
import type { DcpLabel } from "../../../../spec/dcp/labels.ts"
import type { Subject } from "../subject.ts"
import { KvEnds } from "./kv-ends.ts"

/** A living family, telling its labels as they happen. */
export class Member {
  readonly replicator: Replicator
  readonly ends = new KvEnds()
  private readonly tell: (label: DcpLabel) => void
  private readonly closed = new Set<"kvConsumer" | "kvProducer">()

  constructor(subject: Subject, clock: Clock, tell: (label: DcpLabel) => void) {
    this.tell = tell
    const { consumer: Consumer = ConsumerConnection, producer: Producer = ProducerConnection } = subject
    class Family extends (subject.replicator ?? Replicator) {
      protected override createConsumer(options: ProxyOptions): ConsumerConnection {
        const consumer = new Consumer(options)
        consumer.onExit(() => tell({ _tag: "Exited", process: "consumerConnection" }))
        return consumer
      }

      protected override createProducer(options: ProxyOptions): ProducerConnection {
        const producer = new Producer(options)
        producer.onExit(() => tell({ _tag: "Exited", process: "producerConnection" }))
        return producer
      }
    }
    const { ends } = this
    const connect = { consumer: async () => ends.consumerSocket, producer: async () => ends.producerSocket }
    this.replicator = new Family({ connect, clock })
    this.replicator.onExit(() => tell({ _tag: "Exited", process: "replicator" }))
  }

  /** Breaks one of the sockets from outside. */
  break(socket: "kvConsumer" | "kvProducer"): void {
    this.ends[socket].close()
    this.look()
  }

  /** Tells of sockets that were closed since the last look. */
  look(): void {
    for (const socket of ["kvConsumer", "kvProducer"] as const) {
      if (!this.ends[socket].isClosed || this.closed.has(socket)) continue
      this.closed.add(socket)
      this.tell({ _tag: "SocketClosed", socket, why: "it is closed" })
    }
  }
}
