/**
 * One connection alone, under an environment that may do anything a small alphabet can say: strays and stale ends included.
 *
 * These are the systems of conformance runs for a single role. They are finite without any budget: a call's name is
 * free again once nobody waits under it.
 */
import type { DcpLabel } from "../../spec/dcp/labels.ts"
import { consumerLaws, producerLaws } from "../../spec/dcp/laws.ts"
import type { ConsumerInput, Packet, ProducerCast, ProducerInput, Request } from "../../spec/dcp/messages.ts"
import type { CallId, Opaque, Status, VBucket } from "../../spec/ids.ts"
import { register, write } from "../kernel/cell.ts"
import { outcome } from "../kernel/role.ts"
import { rulesOf, type System } from "../kernel/system.ts"
import { type Bounds, vb } from "./bounds.ts"
import { consumerConnection } from "./consumer-connection.ts"
import { type ConsumerConnection, fresh } from "./consumer-state.ts"
import { producerConnection } from "./producer-connection.ts"
import type { Variant } from "./variants.ts"

const on = rulesOf<DcpLabel>()

/** What the surroundings of a role that is alone may say. */
export type Alphabet = Pick<Bounds, "vbuckets" | "requests" | "chunk">

/** The consumer connection alone. Each kind of input is a rule of its own, so that a test can weigh them. */
export const consumerAlone = (variant: Variant, bounds: Alphabet): System<DcpLabel> => {
  const role = consumerConnection(variant)
  const consumer = register<ConsumerConnection | null>("consumer connection", fresh)
  const takes = (name: string, inputs: (connection: ConsumerConnection) => ReadonlyArray<ConsumerInput>) =>
    on(name, { actor: "consumer", fair: "none", reads: [consumer] }, (connection) =>
      connection === null
        ? []
        : inputs(connection).map((input) => {
            const result = outcome(role.step(connection, input))
            return result._tag === "Became"
              ? {
                  labels: [
                    {
                      _tag: "ConsumerStep" as const,
                      input,
                      outputs: result.next.outputs,
                      partitions: result.next.state.partitions
                    }
                  ],
                  writes: [write(consumer, result.next.state)]
                }
              : {
                  labels: [
                    {
                      _tag: "ConsumerStep" as const,
                      input,
                      outputs: [{ _tag: "Crash" as const, reason: result.reason }],
                      partitions: null
                    },
                    { _tag: "Exited" as const, process: "consumerConnection" as const }
                  ],
                  writes: [write(consumer, null)]
                }
          })
    )
  const packets = packetsFromKvConsumer(bounds.vbuckets)
  const casts = castsFromProducer(bounds.vbuckets)
  return {
    name: "dcp consumer connection",
    cells: [consumer],
    rules: [
      takes("call", (connection) => bounds.requests.map((request) => call(connection, request))),
      takes("get partitions", (connection) => [call(connection, { _tag: "GetPartitions" })]),
      takes("packet from kv consumer", () => packets.map((packet) => ({ _tag: "FromKvConsumer", packets: [packet] }))),
      ...(bounds.chunk > 1
        ? [
            takes("chunk from kv consumer", () =>
              pairsOf(packets).map((pair) => ({ _tag: "FromKvConsumer", packets: pair }))
            )
          ]
        : []),
      takes("cast from producer", () => casts.map((cast) => ({ _tag: "FromProducerConnection", cast }))),
      takes("socket closes", () => [{ _tag: "SocketClosed" }]),
      on("restart", { actor: "replicator", fair: "none", reads: [consumer] }, (connection) =>
        connection === null ? [{ labels: [{ _tag: "Reconnected" }], writes: [write(consumer, fresh)] }] : []
      )
    ],
    laws: consumerLaws,
    observables: {}
  }
}

/** The producer connection alone. It remembers nothing, so one state is all there is. */
export const producerAlone = (bounds: Alphabet): System<DcpLabel> => {
  const idle = register<null>("producer connection", null)
  const takes = (name: string, inputs: ReadonlyArray<ProducerInput>) =>
    on(name, { actor: "producer", fair: "none", reads: [idle] }, () =>
      inputs.map((input) => {
        const result = outcome(producerConnection.step(null, input))
        const outputs =
          result._tag === "Became" ? result.next.outputs : [{ _tag: "Crash" as const, reason: result.reason }]
        return { labels: [{ _tag: "ProducerStep", input, outputs }], writes: [] }
      })
    )
  const packets = packetsFromKvProducer(bounds.vbuckets)
  return {
    name: "dcp producer connection",
    cells: [idle],
    rules: [
      takes(
        "packet from kv producer",
        packets.map((packet) => ({ _tag: "FromKvProducer", packets: [packet] }))
      ),
      takes(
        "chunk from kv producer",
        pairsOf(packets).map((pair) => ({ _tag: "FromKvProducer", packets: pair }))
      ),
      takes(
        "close stream",
        vbucketsOf(bounds.vbuckets).map((vbucket) => ({ _tag: "CloseStreamCast", vbucket }))
      )
    ],
    laws: producerLaws,
    observables: {}
  }
}

// ---- alphabets ----------------------------------------------------------------------------------------------------

const call = (connection: ConsumerConnection, request: Request): ConsumerInput => {
  const waiting = "owner" in connection.activity ? connection.activity.owner : null
  return { _tag: "Call", call: (waiting === "c1" ? "c2" : "c1") as CallId, request }
}

const vbucketsOf = (count: number): ReadonlyArray<VBucket> => Array.from({ length: count }, (_, vbucket) => vb(vbucket))

/** A client opaque is the vBucket; a stream opaque is one of two, so that there are stale ones. */
const client = (vbucket: VBucket): Opaque => vbucket as number as Opaque
const streams = (vbucket: VBucket): ReadonlyArray<Opaque> => [101 + 100 * vbucket, 102 + 100 * vbucket] as Array<Opaque>
const status = (code: number): Status => code as Status

const packetsFromKvConsumer = (count: number): ReadonlyArray<Packet> =>
  vbucketsOf(count).flatMap(
    (vbucket): ReadonlyArray<Packet> => [
      ...[0, 7].map((code): Packet => ({ _tag: "AddStreamResponse", opaque: client(vbucket), status: status(code) })),
      ...[0, 1, 7, 10].map(
        (code): Packet => ({ _tag: "CloseStreamResponse", opaque: client(vbucket), status: status(code) })
      ),
      ...streams(vbucket).flatMap(
        (opaque): ReadonlyArray<Packet> => [
          { _tag: "StreamRequest", vbucket, opaque },
          { _tag: "SetVBucketStateResponse", opaque, status: status(0) },
          { _tag: "SetVBucketStateResponse", opaque, status: status(7) }
        ]
      ),
      { _tag: "BufferAck", opaque: streams(vbucket)[0] as Opaque }
    ]
  )

const castsFromProducer = (count: number): ReadonlyArray<ProducerCast> =>
  vbucketsOf(count).flatMap(
    (vbucket): ReadonlyArray<ProducerCast> => [
      ...[0, 1, 7, 10].map(
        (code): ProducerCast => ({ _tag: "ProducerStreamClosed", opaque: client(vbucket), status: status(code) })
      ),
      // A header opaque that looks like a client opaque is what the shipped unit tests send.
      ...[client(vbucket), ...streams(vbucket)].map(
        (opaque): ProducerCast => ({ _tag: "ProducerStreamEnd", vbucket, opaque, reason: 2 })
      ),
      ...streams(vbucket).flatMap((opaque) =>
        [1, 3].map((state): ProducerCast => ({ _tag: "SetVBucketStateSeen", vbucket, opaque, state }))
      )
    ]
  )

const packetsFromKvProducer = (count: number): ReadonlyArray<Packet> =>
  vbucketsOf(count).flatMap((vbucket): ReadonlyArray<Packet> => {
    const opaque = streams(vbucket)[0] as Opaque
    return [
      { _tag: "StreamRequestResponse", opaque, status: status(0) },
      { _tag: "StreamRequestResponse", opaque, status: status(7) },
      { _tag: "CloseStreamResponse", opaque: client(vbucket), status: status(0) },
      { _tag: "CloseStreamResponse", opaque: client(vbucket), status: status(1) },
      { _tag: "StreamEnd", vbucket, opaque, reason: 1 },
      { _tag: "StreamEnd", vbucket, opaque, reason: 2 },
      { _tag: "SetVBucketState", vbucket, opaque, state: 3 },
      { _tag: "SetVBucketState", vbucket, opaque, state: 1 },
      { _tag: "SnapshotMarker", vbucket, opaque },
      { _tag: "Mutation", vbucket, opaque },
      { _tag: "Noop", opaque }
    ]
  })

const pairsOf = (packets: ReadonlyArray<Packet>): ReadonlyArray<ReadonlyArray<Packet>> =>
  packets.flatMap((first) => packets.map((second) => [first, second]))
