import { Schema } from "effect"
import { describe, expect, it } from "vitest"
import { ConsumerInput, ConsumerOutput, Packet, ProducerInput, ProducerOutput } from "../../spec/dcp/messages.ts"
import { describeInput, describeOutput, describePacket } from "./dcp-words.ts"

const packet = Schema.decodeUnknownSync(Packet)
const consumerInput = Schema.decodeUnknownSync(ConsumerInput)
const consumerOutput = Schema.decodeUnknownSync(ConsumerOutput)
const producerInput = Schema.decodeUnknownSync(ProducerInput)
const producerOutput = Schema.decodeUnknownSync(ProducerOutput)

const stream = { vbucket: 5, opaque: 0x1d000000 }
const end = { _tag: "StreamEnd", ...stream, reason: 2 }
const requestOk = { _tag: "StreamRequestResponse", opaque: stream.opaque, status: 0 }

describe("report: dcp words", () => {
  it.each([
    [{ _tag: "AddStream", vbucket: 5, opaque: 5, takeover: false }, "ADD_STREAM vb=5 opaque=5 flags=0"],
    [{ _tag: "AddStream", vbucket: 5, opaque: 5, takeover: true }, "ADD_STREAM vb=5 opaque=5 flags=1"],
    [{ _tag: "AddStreamResponse", opaque: 5, status: 0 }, "ADD_STREAM response ok opaque=5"],
    [{ _tag: "CloseStreamResponse", opaque: 5, status: 10 }, "CLOSE_STREAM response DcpStreamNotFound opaque=5"],
    [{ _tag: "StreamRequest", ...stream }, "STREAM_REQ vb=5 opaque=0x1d000000"],
    [{ _tag: "StreamRequest", ...stream, takeover: true }, "STREAM_REQ vb=5 opaque=0x1d000000 flags=1"],
    [end, "STREAM_END vb=5 opaque=0x1d000000 status=StateChanged"],
    [{ _tag: "SetVBucketState", ...stream, state: 1 }, "SET_VBUCKET_STATE vb=5 opaque=0x1d000000 state=active"],
    [{ _tag: "BufferAck", opaque: 5 }, "BUFFER_ACK opaque=5"],
    [{ _tag: "Control", opaque: 1, key: "enable_noop", value: "true" }, "CONTROL opaque=1 enable_noop=true"]
  ])("a packet %j reads as in a golden conversation", (literal, text) => {
    expect(describePacket(packet(literal))).toBe(text)
  })

  it.each([
    [
      { _tag: "Call", call: "c1", request: { _tag: "SetupStreams", vbuckets: [5] } },
      "setup-streams caller=c1 vbuckets=[5]"
    ],
    [{ _tag: "Call", call: "c2", request: { _tag: "Takeover", vbucket: 5 } }, "takeover caller=c2 vb=5"],
    [
      { _tag: "FromProducerConnection", cast: { _tag: "ProducerStreamEnd", ...stream, reason: 2 } },
      "from producer-connection: producer-stream-end vb=5 opaque=0x1d000000 status=StateChanged"
    ],
    [{ _tag: "SocketClosed" }, "socket closed"]
  ])("an input %j of the consumer connection", (literal, text) => {
    expect(describeInput(consumerInput(literal))).toBe(text)
  })

  it("an input of the producer connection tells the packets of a chunk in order", () => {
    const text = "STREAM_REQ response ok opaque=0x1d000000 | STREAM_END vb=5 opaque=0x1d000000 status=StateChanged"
    const input = producerInput({ _tag: "FromKvProducer", packets: [requestOk, end] })
    expect(describeInput(input)).toBe(`from kv-producer: ${text}`)
    expect(describeOutput(producerOutput({ _tag: "ForwardKvConsumer", packets: [requestOk, end] }))).toBe(
      `to kv-consumer: ${text}`
    )
  })

  it.each([
    [{ _tag: "CastCloseStream", vbucket: 5 }, "to producer-connection: close-stream vb=5"],
    [{ _tag: "Reply", call: "c1", value: { _tag: "Ok" } }, "reply c1: ok"],
    [
      {
        _tag: "Reply",
        call: "c1",
        value: {
          _tag: "Errors",
          failures: [
            { _tag: "BadResponse", status: 7, vbucket: 1 },
            { _tag: "StreamEnded", reason: 2, vbucket: 0 }
          ]
        }
      },
      "reply c1: errors [NotMyVbucket vb=1, stream-ended StateChanged vb=0]"
    ],
    [{ _tag: "Crash", reason: { _tag: "UnexpectedStreamEnd", vbucket: 5 } }, "crash: UnexpectedStreamEnd vb=5"]
  ])("an output %j of the consumer connection", (literal, text) => {
    expect(describeOutput(consumerOutput(literal))).toBe(text)
  })
})
