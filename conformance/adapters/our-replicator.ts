/** Our replicator with a way to its consumer connection, for adapters that make the calls themselves. */
import type { ConsumerConnection } from "../../impl/dcp/consumer-connection.ts"
import type { ProducerConnection } from "../../impl/dcp/producer-connection.ts"
import type { ProxyOptions } from "../../impl/dcp/proxy-process.ts"
import { type Connect, Replicator } from "../../impl/dcp/replicator.ts"

/** What to build a replicator of; ours wherever nothing is told. */
export interface Make {
  readonly replicator?: typeof Replicator
  readonly consumer?: (options: ProxyOptions) => ConsumerConnection
  readonly producer?: (options: ProxyOptions) => ProducerConnection
}

/** A replicator whose two halves can be reached. */
export interface Opened {
  readonly replicator: Replicator
  readonly consumer: ConsumerConnection
  readonly producer: ProducerConnection
}

/** Starts a replicator, and resolves once both halves are joined. Rejects if it cannot connect. */
export const openReplicator = async (connect: Connect, make: Make): Promise<Opened> => {
  const made: { consumer?: ConsumerConnection; producer?: ProducerConnection } = {}
  class Watched extends (make.replicator ?? Replicator) {
    protected override createConsumer(options: ProxyOptions): ConsumerConnection {
      made.consumer = make.consumer?.(options) ?? super.createConsumer(options)
      return made.consumer
    }

    protected override createProducer(options: ProxyOptions): ProducerConnection {
      made.producer = make.producer?.(options) ?? super.createProducer(options)
      return made.producer
    }
  }
  const replicator = new Watched({ connect })
  // A call waits until both halves are joined, so its answer says that they are.
  await replicator.getPartitions()
  const { consumer, producer } = made
  if (consumer === undefined || producer === undefined) throw new Error("a replicator is ready without both its halves")
  return { replicator, consumer, producer }
}
