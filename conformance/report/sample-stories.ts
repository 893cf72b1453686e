/** Stories for the tests of this folder, in the words of the dossier's flows. */
import { Schema } from "effect"
import { DcpLabel } from "../../spec/dcp/labels.ts"
import type { DcpStory, DcpStoryStep } from "./dcp-story.ts"

const decode = Schema.decodeUnknownSync(Schema.Array(DcpLabel))

/** A step with labels written as literals. */
export const told = (rule: string, actor: string, ...labels: ReadonlyArray<unknown>): DcpStoryStep => ({
  rule,
  actor,
  labels: decode(labels)
})

const stream = { vbucket: 5, opaque: 0x1d000000 }
const add = { _tag: "AddStream", vbucket: 5, opaque: 5, takeover: false }
const addOk = { _tag: "AddStreamResponse", opaque: 5, status: 0 }
const request = { _tag: "StreamRequest", ...stream }
const requestOk = { _tag: "StreamRequestResponse", opaque: stream.opaque, status: 0 }
const end = { _tag: "StreamEnd", ...stream, reason: 2 }
const ended = { _tag: "ProducerStreamEnd", ...stream, reason: 2 }

const asked = (call: string, vbuckets: ReadonlyArray<number>) => {
  const request = { _tag: "SetupStreams", vbuckets }
  return [
    told("call", "caller", { _tag: "Called", call, request }),
    told("consumer", "consumer", {
      _tag: "ConsumerStep",
      input: { _tag: "Call", call, request },
      outputs: vbuckets.map((vbucket) => ({
        _tag: "SendKvConsumer",
        packet: { ...add, vbucket, opaque: vbucket }
      })),
      partitions: []
    })
  ]
}

/** Set-up of vBucket 5 until the producer's answer and its end of the stream have come in one chunk (flow F3). */
const endBeforeAnswer: DcpStory = [
  ...asked("c1", [5]),
  told("kvConsumer", "kvConsumer", {
    _tag: "KvConsumerStep",
    input: add,
    outputs: [request],
    behaviour: "asksProducer"
  }),
  told("deliver", "network"),
  told("consumer", "consumer", {
    _tag: "ConsumerStep",
    input: { _tag: "FromKvConsumer", packets: [request] },
    outputs: [{ _tag: "ForwardKvProducer", packets: [request] }],
    partitions: []
  }),
  told("kvProducer", "kvProducer", {
    _tag: "KvProducerStep",
    input: request,
    outputs: [requestOk, end],
    behaviour: "endsAtOnce"
  }),
  told("deliver", "network"),
  told("producer", "producer", {
    _tag: "ProducerStep",
    input: { _tag: "FromKvProducer", packets: [requestOk, end] },
    outputs: [
      { _tag: "CastConsumer", cast: ended },
      { _tag: "ForwardKvConsumer", packets: [requestOk, end] }
    ]
  })
]

const consumerTakesEnd = (outputs: ReadonlyArray<unknown>, partitions: ReadonlyArray<number> | null) =>
  told("consumer", "consumer", {
    _tag: "ConsumerStep",
    input: { _tag: "FromProducerConnection", cast: ended },
    outputs,
    partitions
  })

const producerWrites = told("producerWrites", "producer", { _tag: "ProducerWrote", packets: [requestOk, end] })

/** MB-53445 before the fix: the end is ignored, the answer is lost, and the caller waits for ever. */
export const hang: DcpStory = [
  ...endBeforeAnswer,
  consumerTakesEnd([], []),
  producerWrites,
  told("kvConsumer", "kvConsumer", {
    _tag: "KvConsumerStep",
    input: end,
    outputs: [],
    behaviour: "losesAddStreamResponse"
  })
]

/** MB-51223: the end is ignored, the answer comes late, and the connection believes a ghost. */
export const ghost: DcpStory = [
  ...endBeforeAnswer,
  consumerTakesEnd([], []),
  producerWrites,
  told("kvConsumer", "kvConsumer", { _tag: "KvConsumerStep", input: end, outputs: [addOk], behaviour: "answers" }),
  told("consumer", "consumer", {
    _tag: "ConsumerStep",
    input: { _tag: "FromKvConsumer", packets: [addOk] },
    outputs: [{ _tag: "Reply", call: "c1", value: { _tag: "Ok" } }],
    partitions: [5]
  })
]

/** The merged intent: the consumer connection crashes, everything closes, the caller's call exits. */
export const crash: DcpStory = [
  ...endBeforeAnswer,
  consumerTakesEnd([{ _tag: "Crash", reason: { _tag: "UnexpectedStreamEnd", vbucket: 5 } }], null),
  told(
    "tearDown",
    "replicator",
    { _tag: "ProxyDied", proxy: "consumerConnection" },
    { _tag: "SocketClosed", socket: "kvConsumer", why: "" },
    { _tag: "SocketClosed", socket: "kvProducer", why: "" },
    { _tag: "Exited", process: "producerConnection" },
    { _tag: "CallerExited", call: "c1" }
  ),
  told("reconnect", "environment", { _tag: "Reconnected" }),
  ...asked("c1", [5])
]

/** A connection that answers its caller after it has crashed. */
export const answerAfterCrash: DcpStory = [
  ...endBeforeAnswer,
  consumerTakesEnd(
    [
      { _tag: "Crash", reason: { _tag: "UnexpectedStreamEnd", vbucket: 5 } },
      { _tag: "Reply", call: "c1", value: { _tag: "Ok" } }
    ],
    null
  )
]

/** Two callers, many vBuckets, a close on both sides, and one refusal among the answers. */
export const busy: DcpStory = [
  ...asked("c1", [0, 1, 2, 3, 4, 5, 6, 7]),
  told("call", "caller", { _tag: "Called", call: "c2", request: { _tag: "MaybeCloseStream", vbucket: 1 } }),
  told("consumer", "consumer", {
    _tag: "ConsumerStep",
    input: { _tag: "Call", call: "c2", request: { _tag: "MaybeCloseStream", vbucket: 1 } },
    outputs: [{ _tag: "Reply", call: "c2", value: { _tag: "Refused" } }],
    partitions: []
  }),
  told("consumer", "consumer", {
    _tag: "ConsumerStep",
    input: { _tag: "FromKvConsumer", packets: [{ ...addOk, status: 7 }] },
    outputs: [
      {
        _tag: "Reply",
        call: "c1",
        value: { _tag: "Errors", failures: [{ _tag: "BadResponse", status: 7, vbucket: 5 }] }
      },
      { _tag: "CastCloseStream", vbucket: 4 },
      { _tag: "SendKvConsumer", packet: { _tag: "CloseStream", vbucket: 4, opaque: 4 } }
    ],
    partitions: [0, 1, 2, 3]
  }),
  told("exit", "caller", { _tag: "CallerExited", call: "c2" })
]
