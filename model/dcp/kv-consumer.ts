/**
 * The kv consumer: the end of the proxy that asks for streams. The environment decides what its inputs leave open.
 *
 * Source: kv_engine engines/ep/src/dcp/consumer.cc and passive_stream.cc; dossier 2.8.
 */
import { Effect } from "effect"
import type { Packet } from "../../spec/dcp/messages.ts"
import { statusCodes } from "../../spec/dcp/messages.ts"
import type { Opaque, Status, VBucket } from "../../spec/ids.ts"
import { become, type Role, type Step } from "../kernel/role.ts"

export interface PassiveStream {
  readonly vbucket: VBucket
  readonly opaque: Opaque
  readonly takeover: boolean
  /** pending: STREAM_REQ not answered. reading: open. dead: closed, in the map until its STREAM_END. */
  readonly phase: "pending" | "reading" | "dead"
  /** What the stream has to say and has not said. It is lost with the stream. */
  readonly ready: ReadonlyArray<Packet>
}

export interface KvConsumer {
  /** Ascending by vBucket. */
  readonly streams: ReadonlyArray<PassiveStream>
  /** How many streams each vBucket has had on this connection: it names the next one. */
  readonly named: ReadonlyArray<number>
}

/** How the kv consumer may act on a packet, where it has a choice. */
export type ConsumerChoice =
  | "obeys"
  /** Refuses ADD_STREAM at once: the vBucket is not there. */
  | "refuses"
  /** 2.8 a: loses an answer that waits in the queue of a stream that ends. */
  | "dropsQueuedAnswer"
  /** 2.8 b: finds the vBucket deleted when the stream was accepted, and says nothing. */
  | "vbucketDeleted"
  /** 2.8 e: asked to roll back, and the rollback is aborted. */
  | "rollbackAborted"
  /** Breaks A3: never answers a CLOSE_STREAM. */
  | "forgetsClose"

export type KvConsumerInput =
  | { readonly _tag: "Receive"; readonly packet: Packet; readonly choice: ConsumerChoice }
  /** Say the first thing that a stream has ready. */
  | { readonly _tag: "Emit"; readonly vbucket: VBucket }
  /** 2.8 d: the vBucket's state changed here, and the stream goes with what it had ready. */
  | { readonly _tag: "StateChanged"; readonly vbucket: VBucket }

/** What the kv consumer is configured to do. */
export interface KvConsumerConfig {
  /** Real: a counter that never looks like a vBucket. `vbucket`: as the shipped unit tests have it. */
  readonly streamOpaques: "counter" | "vbucket"
  /** What closing an unknown stream is answered with: 0x01, or 0x0a where v7 status codes were agreed. */
  readonly noSuchStream: "KeyEnoent" | "DcpStreamNotFound"
}

type KvStep = Step<KvConsumer, Packet, "disconnects">
const disconnects = Effect.fail("disconnects" as const)

export const kvConsumer = (
  config: KvConsumerConfig,
  vbuckets: number
): Role<KvConsumer, KvConsumerInput, Packet, "disconnects"> => ({
  name: "kv consumer",
  initial: { streams: [], named: Array.from({ length: vbuckets }, () => 0) },
  step: (kv, input) => {
    switch (input._tag) {
      case "Receive":
        return receive(kv, input.packet, input.choice, config)
      case "Emit":
        return emit(kv, input.vbucket)
      case "StateChanged":
        return become(without(kv, input.vbucket))
    }
  }
})

export const streamOf = (kv: KvConsumer, vbucket: number): PassiveStream | undefined =>
  kv.streams.find((stream) => stream.vbucket === vbucket)

const receive = (kv: KvConsumer, packet: Packet, choice: ConsumerChoice, config: KvConsumerConfig): KvStep => {
  switch (packet._tag) {
    case "AddStream":
      return addStream(kv, packet, choice, config)
    case "CloseStream":
      return choice === "forgetsClose" ? become(kv) : closeStream(kv, packet, config)
    case "StreamRequestResponse":
      return accepted(kv, packet, choice)
    case "StreamEnd":
      return streamEnded(kv, packet, choice)
    case "SetVBucketState": {
      const stream = streamOf(kv, packet.vbucket)
      if (stream === undefined || stream.opaque !== packet.opaque) return become(kv)
      return become(says(kv, stream, { _tag: "SetVBucketStateResponse", opaque: packet.opaque, status: success }))
    }
    default:
      return become(kv)
  }
}

const success = statusCodes.Success as Status

/** ADD_STREAM: a stream that is not dead is in the way; otherwise a fresh one asks the producer. Source: addStream, doAddStream. */
const addStream = (
  kv: KvConsumer,
  packet: Extract<Packet, { _tag: "AddStream" }>,
  choice: ConsumerChoice,
  config: KvConsumerConfig
): KvStep => {
  const old = streamOf(kv, packet.vbucket)
  const answer = (status: number): Packet => ({
    _tag: "AddStreamResponse",
    opaque: packet.opaque,
    status: status as Status
  })
  if (old !== undefined && old.phase !== "dead") return become(kv, answer(statusCodes.KeyEexists))
  if (choice === "refuses") return become(kv, answer(statusCodes.NotMyVbucket))
  const count = (kv.named[packet.vbucket] ?? 0) + 1
  const opaque = nameOf(packet.vbucket, count, config)
  const named = config.streamOpaques === "vbucket" ? kv.named : kv.named.with(packet.vbucket, count)
  const stream: PassiveStream = {
    vbucket: packet.vbucket,
    opaque,
    takeover: packet.takeover,
    phase: "pending",
    ready: []
  }
  return become(says({ ...kv, named }, stream, requestOf(stream)))
}

/** STREAM_REQ, sent again under the same opaque after a rollback. */
const requestOf = ({ vbucket, opaque, takeover }: PassiveStream): Packet => ({
  _tag: "StreamRequest",
  vbucket,
  opaque,
  ...(takeover ? { takeover: true } : {})
})

/** The nth stream of a vBucket. It grows with the ADD_STREAMs of one connection, which the callers' budget bounds. */
const nameOf = (vbucket: number, count: number, config: KvConsumerConfig): Opaque =>
  (config.streamOpaques === "vbucket" ? vbucket : 100 * (vbucket + 1) + count) as Opaque

/** CLOSE_STREAM: the stream dies and stays in the map until its end comes (MB-34850). Source: closeStream. */
const closeStream = (
  kv: KvConsumer,
  packet: Extract<Packet, { _tag: "CloseStream" }>,
  config: KvConsumerConfig
): KvStep => {
  const stream = streamOf(kv, packet.vbucket)
  const status = stream === undefined ? statusCodes[config.noSuchStream] : statusCodes.Success
  const after = stream === undefined ? kv : withStream(kv, { ...stream, phase: "dead" })
  return become(after, { _tag: "CloseStreamResponse", opaque: packet.opaque, status: status as Status })
}

/** The producer answered STREAM_REQ. An answer for a stream that is gone ends the connection. Source: handleResponse, acceptStream. */
const accepted = (
  kv: KvConsumer,
  packet: Extract<Packet, { _tag: "StreamRequestResponse" }>,
  choice: ConsumerChoice
): KvStep => {
  const stream = kv.streams.find(({ opaque }) => opaque === packet.opaque)
  if (stream === undefined) return disconnects
  // 2.8 c: it was closed while it was pending, and nobody is told any more.
  if (stream.phase !== "pending") return become(kv)
  if (choice === "vbucketDeleted" || choice === "rollbackAborted") return become(without(kv, stream.vbucket))
  if (packet.status === statusCodes.Rollback) return become(says(kv, stream, requestOf(stream)))
  const answer: Packet = {
    _tag: "AddStreamResponse",
    opaque: stream.vbucket as number as Opaque,
    status: packet.status
  }
  return become(says(kv, { ...stream, phase: packet.status === 0 ? "reading" : "dead" }, answer))
}

/** STREAM_END: the stream goes, with what it had ready unless the choice is to say it first. Source: streamEnd, removeStream. */
const streamEnded = (
  kv: KvConsumer,
  packet: Extract<Packet, { _tag: "StreamEnd" }>,
  choice: ConsumerChoice
): KvStep => {
  const stream = streamOf(kv, packet.vbucket)
  if (stream === undefined || stream.opaque !== packet.opaque) return become(kv)
  const said = choice === "dropsQueuedAnswer" ? [] : stream.ready
  return become(without(kv, stream.vbucket), ...said)
}

const emit = (kv: KvConsumer, vbucket: VBucket): KvStep => {
  const stream = streamOf(kv, vbucket)
  const [first, ...rest] = stream?.ready ?? []
  if (stream === undefined || first === undefined) return become(kv)
  // A stream that was never opened leaves nothing behind once it has said so.
  const refused = first._tag === "AddStreamResponse" && first.status !== success
  return become(refused ? without(kv, vbucket) : withStream(kv, { ...stream, ready: rest }), first)
}

const says = (kv: KvConsumer, stream: PassiveStream, packet: Packet): KvConsumer =>
  withStream(kv, { ...stream, ready: [...stream.ready, packet] })

const withStream = (kv: KvConsumer, stream: PassiveStream): KvConsumer => ({
  ...kv,
  streams: [...kv.streams.filter(({ vbucket }) => vbucket !== stream.vbucket), stream].sort(
    (a, b) => a.vbucket - b.vbucket
  )
})

const without = (kv: KvConsumer, vbucket: number): KvConsumer => ({
  ...kv,
  streams: kv.streams.filter((stream) => stream.vbucket !== vbucket)
})
