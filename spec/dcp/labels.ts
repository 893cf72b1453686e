/**
 * What a step of a DCP system looks like from outside. Laws, stories, diagrams, coverage and adapters see nothing else.
 */
import { Schema } from "effect"
import { CallId, VBucket } from "../ids.ts"
import { ConsumerInput, ConsumerOutput, Packet, ProducerInput, ProducerOutput, Request } from "./messages.ts"
import { ManagerInput, ManagerOutput, ProxyName, ReplicatorInput, ReplicatorOutput } from "./supervision.ts"

/** What a step of DCP stream set-up looks like from outside, whoever takes it. */
export const DcpLabel = Schema.TaggedUnion({
  /** A caller put its call into the consumer connection's mailbox. */
  Called: { call: CallId, request: Request },
  /** The consumer connection took one input. `partitions` is what it believes open afterwards; null when nobody looked or it is dead. */
  ConsumerStep: {
    input: ConsumerInput,
    outputs: Schema.Array(ConsumerOutput),
    partitions: Schema.NullOr(Schema.Array(VBucket))
  },
  /** The producer connection took one input; what it forwards is written by the ProducerWrote that follows. */
  ProducerStep: { input: ProducerInput, outputs: Schema.Array(ProducerOutput) },
  /** The producer connection's write of a chunk reached the kv consumer's socket. */
  ProducerWrote: { packets: Schema.Array(Packet) },
  /** The kv consumer took a packet, or acted by itself (`input` null). `behaviour` names the choice it made. */
  KvConsumerStep: { input: Schema.NullOr(Packet), outputs: Schema.Array(Packet), behaviour: Schema.String },
  KvProducerStep: { input: Schema.NullOr(Packet), outputs: Schema.Array(Packet), behaviour: Schema.String },
  /** A socket closed. */
  SocketClosed: { socket: Schema.Literals(["kvConsumer", "kvProducer"]), why: Schema.String },
  /** A process is gone. */
  Exited: { process: Schema.Literals(["consumerConnection", "producerConnection", "replicator"]) },
  /** A caller learned by an exit that its call will never be answered. */
  CallerExited: { call: CallId },
  /** A fresh replicator with both connections took the place of a dead one. */
  Reconnected: {},
  ReplicatorStep: { input: ReplicatorInput, outputs: Schema.Array(ReplicatorOutput) },
  ManagerStep: { input: ManagerInput, outputs: Schema.Array(ManagerOutput) },
  /** A frame was decoded and encoded again; both in hex, `declared` is the length that its header tells. */
  Recoded: { original: Schema.String, again: Schema.String, declared: Schema.Int },
  /** A proxy process died on its own or by order, and this is which. */
  ProxyDied: { proxy: ProxyName }
})
export type DcpLabel = typeof DcpLabel.Type
