import { describe, expect, it } from "vitest"
import { dcpDiagram } from "./dcp-story.ts"
import { busy, crash, ghost, hang, told } from "./sample-stories.ts"
import { tell } from "./told-diagram.ts"

describe("report: dcp story", () => {
  it("tells MB-53445 packet by packet, without the network's own steps", () => {
    expect(tell(dcpDiagram("", hang))).toEqual([
      "1. caller to consumer: setup [5].",
      "2. consumer to kv consumer: ADD_STREAM 5.",
      "3. kv consumer to consumer: STREAM_REQ 5 #0x1d000000.",
      "4. consumer to kv producer: STREAM_REQ 5 #0x1d000000.",
      "5. kv producer to producer: STREAM_REQ ok, END 5 #0x1d000000.",
      "6. producer casts to consumer: stream ended 5 #0x1d000000.",
      "7. consumer: stream end ignored.",
      "8. producer to kv consumer: STREAM_REQ ok, END 5 #0x1d000000.",
      "9. kv consumer: takes END 5 #0x1d000000: loses add stream response."
    ])
  })

  it("says what the connection believes when that changes, so that a ghost can be seen", () => {
    expect(tell(dcpDiagram("", ghost)).slice(-3)).toEqual([
      "9. kv consumer to consumer: ADD_STREAM 5 ok.",
      "10. consumer: believes open: [5].",
      "10. consumer to caller: reply ok."
    ])
  })

  it("ends a process once, though its crash and its exit are both told", () => {
    const ends = tell(dcpDiagram("", crash)).filter((line) => line.includes("ends:") || line.includes("socket"))
    expect(ends).toEqual([
      "7. consumer ends: crash UnexpectedStreamEnd 5.",
      "8. kv consumer: socket closed.",
      "8. kv producer: socket closed.",
      "8. producer ends: exits.",
      "8. caller ends: exits."
    ])
  })

  it("names the calls when there are several, and joins what goes the same way", () => {
    const lines = tell(dcpDiagram("", busy))
    expect(lines[0]).toBe("1. caller to consumer: c1: setup [0, 1, 2, 3, 4, 5, 6, 7].")
    expect(lines[1]).toContain("consumer to kv consumer: ADD_STREAM 0, ADD_STREAM 1,")
    expect(lines).toContain("4. consumer to caller: c2: reply refused.")
    expect(lines.at(-1)).toBe("6. caller: c2 exits.")
  })

  it("draws what a connection is given where nobody else is in the story", () => {
    const taken = (input: object, ...outputs: ReadonlyArray<object>) =>
      told("input", "consumer", { _tag: "ConsumerStep", input, outputs, partitions: null })
    const call = { _tag: "Call", call: "c1", request: { _tag: "SetupStreams", vbuckets: [5] } }
    const add = { _tag: "SendKvConsumer", packet: { _tag: "AddStream", vbucket: 5, opaque: 5, takeover: false } }
    const response = { _tag: "FromKvConsumer", packets: [{ _tag: "AddStreamResponse", opaque: 5, status: 0 }] }
    const end = { _tag: "ProducerStreamEnd", vbucket: 5, opaque: 29, reason: 2 }
    const story = [
      taken(call, add),
      taken(response, { _tag: "Reply", call: "c1", value: { _tag: "Ok" } }),
      taken({ _tag: "FromProducerConnection", cast: end }),
      taken({ _tag: "SocketClosed" }, { _tag: "Crash", reason: { _tag: "SocketClosed" } })
    ]
    expect(tell(dcpDiagram("", story))).toEqual([
      "1. caller to consumer: setup [5].",
      "1. consumer to kv consumer: ADD_STREAM 5.",
      "2. kv consumer to consumer: ADD_STREAM 5 ok.",
      "2. consumer to caller: reply ok.",
      "3. producer casts to consumer: stream ended 5 #29.",
      "3. consumer: stream end ignored.",
      "4. consumer: socket closed.",
      "4. consumer ends: ends, its socket closed."
    ])
  })

  it("has a lane for replicator and manager only when they act", () => {
    const call = { _tag: "SetDesired", call: "m1", vbuckets: [5] }
    const setUp = { _tag: "SetupReplication", connection: 0, vbuckets: [5] }
    const managed = told("manager", "manager", { _tag: "ManagerStep", input: call, outputs: [setUp] })
    expect(dcpDiagram("", hang).lanes.map(({ id }) => id)).toEqual([
      "caller",
      "consumer",
      "kvConsumer",
      "producer",
      "kvProducer"
    ])
    const diagram = dcpDiagram("", [managed, ...hang])
    expect(diagram.lanes.map(({ id }) => id).slice(0, 4)).toEqual(["caller", "manager", "replicator", "consumer"])
    expect(tell(diagram).slice(0, 2)).toEqual([
      "1. caller to manager: desired [5].",
      "1. manager to replicator: 0: set up [5]."
    ])
  })

  it("tells how a replicator ends its proxies", () => {
    const step = told("stop", "replicator", {
      _tag: "ReplicatorStep",
      input: { _tag: "ChildExited", child: "consumerConnection", reason: { _tag: "SocketClosed" } },
      outputs: [
        { _tag: "EndProxies", how: "closeSocketsThenKill" },
        { _tag: "ExitCaller", call: "m1" },
        { _tag: "Exit", reason: "childInterrupted" }
      ]
    })
    expect(tell(dcpDiagram("", [step]))).toEqual([
      "1. replicator: consumer gone: ends, its socket closed.",
      "1. replicator casts to consumer: sockets closed, killed.",
      "1. replicator casts to producer: sockets closed, killed.",
      "1. replicator casts to caller: exit m1.",
      "1. replicator ends: exits: childInterrupted."
    ])
  })

  it("shows a frame that comes out of the codec otherwise than it went in", () => {
    const frame = told("recode", "codec", { _tag: "Recoded", original: "8055", again: "8056", declared: 28 })
    expect(tell(dcpDiagram("", [frame]))).toEqual([
      "1. consumer: 8055 decoded and encoded again: 8056.",
      "1. consumer: its header tells 28 bytes."
    ])
  })
})
