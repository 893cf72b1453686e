/** The cells of a proxy pair: two connections, two kv ends, and what is on its way between them. */
import type { DcpLabel } from "../../spec/dcp/labels.ts"
import type { ConsumerInput, Packet, ProducerInput } from "../../spec/dcp/messages.ts"
import type { CallId } from "../../spec/ids.ts"
import { budget, type Cell, register, view, type Write, write } from "../kernel/cell.ts"
import { channel, clear } from "../kernel/channel.ts"
import type { Bounds, Times } from "./bounds.ts"
import { type ConsumerConnection, fresh } from "./consumer-state.ts"
import { type KvConsumer, kvConsumer } from "./kv-consumer.ts"
import { type KvProducer, kvProducer } from "./kv-producer.ts"

/** A caller's calls in the order they are made. */
export interface Callers {
  readonly made: number
  readonly waiting: ReadonlyArray<CallId>
}

type CallerOp = { readonly made: CallId } | { readonly over: CallId }

/** What waits in the consumer connection's one mailbox, in the order of arrival. */
export type ConsumerMail =
  | { readonly _tag: "Packet"; readonly packet: Packet }
  | Extract<ConsumerInput, { _tag: "Call" | "FromProducerConnection" }>

/** What waits in the producer connection's one mailbox. */
export type ProducerMail =
  | { readonly _tag: "Packet"; readonly packet: Packet }
  | Extract<ProducerInput, { _tag: "CloseStreamCast" }>

/** A consumer connection, or null once it is dead. */
export type Consumer = ConsumerConnection | null

export const pairCells = (bounds: Bounds, closeControl: boolean) => {
  const callers: Cell<Callers, CallerOp> = {
    name: "callers",
    init: { made: 0, waiting: [] },
    apply: ({ made, waiting }, op) =>
      "made" in op
        ? { made: made + 1, waiting: [...waiting, op.made] }
        : { made, waiting: waiting.filter((call) => call !== op.over) }
  }
  const consumer = register<Consumer>("consumer connection", fresh)
  const kvc = register<KvConsumer>("kv consumer", kvConsumer(bounds, bounds.vbuckets).initial)
  const kvp = register<KvProducer>("kv producer", kvProducer(closeControl).initial)
  // A process whose only way out is one FIFO needs no separate wire: its delay is the delay of its own inputs. So what kv
  // says is put straight into the mailbox where it will arrive, and may wait there as long as it might have travelled.
  const capacity = 4 + 6 * bounds.vbuckets + 2 * bounds.calls * bounds.vbuckets
  return {
    callers,
    consumer,
    kvc,
    kvp,
    consumerMail: channel<ConsumerMail>("consumer mailbox", capacity),
    producerMail: channel<ProducerMail>("producer mailbox", capacity),
    fromKvConsumer: channel<Packet>("from kv consumer", capacity),
    fromKvProducer: channel<Packet>("from kv producer", capacity),
    toKvConsumer: channel<Packet>("to kv consumer", capacity),
    toKvProducer: channel<Packet>("to kv producer", capacity),
    /** What the producer connection has still to write: its casts of the chunk are out already (rule O1). */
    held: register<ReadonlyArray<Packet>>("producer connection writes", []),
    up: view(consumer, "consumer connection is up", (value) => value !== null),
    mayEnd: allowance("stream ends", bounds.ends),
    mayRefuse: allowance("refusals", bounds.refusals),
    mayBreak: allowance("breaks", bounds.breaks)
  }
}
export type PairCells = ReturnType<typeof pairCells>

/** Something that may happen a number of times: a view to ask and the write that pays. */
export interface Allowance {
  readonly cells: ReadonlyArray<Cell<number, "spend">>
  readonly left: Cell<number, "spend">
  readonly pay: ReadonlyArray<Write>
}

const allowance = (name: string, times: Times): Allowance => {
  const left = budget(name, times === "any" ? 1 : times)
  return times === "any" ? { cells: [], left, pay: [] } : { cells: [left], left, pay: [write(left, "spend")] }
}

/** The cells in the order in which a state lists them. */
export const listed = (cells: PairCells, bounds: Bounds): ReadonlyArray<Cell<unknown, unknown>> => [
  cells.callers,
  cells.consumer,
  cells.consumerMail,
  cells.toKvConsumer,
  cells.kvc,
  cells.producerMail,
  cells.held,
  cells.toKvProducer,
  cells.kvp,
  // A budget that nobody can spend would be read all the same.
  cells.mayEnd.left,
  cells.mayRefuse.left,
  cells.mayBreak.left,
  ...(bounds.sockets ? [cells.fromKvConsumer, cells.fromKvProducer] : [])
]

/** Everything of the connection dies at once: both processes, both sockets, and what was on its way. */
export const everythingDies = (cells: PairCells, bounds: Bounds): ReadonlyArray<Write> => [
  write(cells.consumer, null),
  write(cells.kvc, cells.kvc.init),
  write(cells.kvp, cells.kvp.init),
  write(cells.held, []),
  clear(cells.consumerMail),
  clear(cells.producerMail),
  clear(cells.toKvConsumer),
  clear(cells.toKvProducer),
  ...(bounds.sockets ? [clear(cells.fromKvConsumer), clear(cells.fromKvProducer)] : [])
]

/** What the death of everything looks like from outside, after what caused it. */
export const deaths = (why: string): ReadonlyArray<DcpLabel> => [
  { _tag: "Exited", process: "consumerConnection" },
  { _tag: "Exited", process: "producerConnection" },
  { _tag: "Exited", process: "replicator" },
  { _tag: "SocketClosed", socket: "kvConsumer", why },
  { _tag: "SocketClosed", socket: "kvProducer", why }
]

export const callName = (number: number): CallId => `c${number + 1}` as CallId
