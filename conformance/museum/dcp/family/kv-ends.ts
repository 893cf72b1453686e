/** Both kv ends of one connection, reduced to what a family needs to live: every request is answered with success. */
import { MemorySocket } from "../../../../impl/runtime/memory-socket.ts"
import type { Packet } from "../../../../spec/dcp/messages.ts"
import type { Status } from "../../../../spec/ids.ts"
import { MemoryEnd } from "../../../adapters/memory-end.ts"

const success = 0 as Status

/** The far ends of a replicator's two sockets. */
export class KvEnds {
  readonly consumerSocket: MemorySocket
  readonly producerSocket: MemorySocket
  readonly kvConsumer: MemoryEnd
  readonly kvProducer: MemoryEnd
  /** Whether kv has stopped answering; its sockets stay open. */
  silent = false

  constructor() {
    const [consumerSocket, kvConsumer] = MemorySocket.pair()
    const [producerSocket, kvProducer] = MemorySocket.pair()
    this.consumerSocket = consumerSocket
    this.producerSocket = producerSocket
    this.kvConsumer = new MemoryEnd(kvConsumer, "to kv consumer", (packets) => this.answer(this.kvConsumer, packets))
    this.kvProducer = new MemoryEnd(kvProducer, "to kv producer", (packets) => this.answer(this.kvProducer, packets))
  }

  private answer(end: MemoryEnd, packets: ReadonlyArray<Packet>): void {
    const answers = this.silent ? [] : packets.flatMap(answerTo)
    if (answers.length > 0 && !end.isClosed) end.write(answers)
  }
}

const answerTo = (packet: Packet): ReadonlyArray<Packet> => {
  if (packet._tag === "AddStream") return [{ _tag: "AddStreamResponse", opaque: packet.opaque, status: success }]
  if (packet._tag === "CloseStream") return [{ _tag: "CloseStreamResponse", opaque: packet.opaque, status: success }]
  return []
}
