import { expect, test } from "vitest"
import { packet } from "./packets.test-support.ts"
import { ProxyStage, vb } from "./proxy-stage.test-support.ts"

test("dcp: flows: F1 a set-up is answered when every stream is, and data flows both ways", async () => {
  const stage = new ProxyStage()
  expect(await stage.setup("c", 0, 1)).toEqual(["kc gets ADD_STREAM vb0 op0", "kc gets ADD_STREAM vb1 op1"])
  expect(await stage.fromKc(packet.streamRequest(0, 29), packet.streamRequest(1, 30))).toEqual([
    "kp gets STREAM_REQ vb0 op29 | STREAM_REQ vb1 op30"
  ])
  expect(await stage.fromKp(packet.streamRequestResponse(29), packet.streamRequestResponse(30))).toEqual([
    "kc gets STREAM_REQ response Success op29 | STREAM_REQ response Success op30"
  ])
  expect(await stage.fromKc(packet.addResponse(0))).toEqual([])
  expect(await stage.fromKc(packet.addResponse(1))).toEqual(["c: Ok"])
  expect(await stage.open()).toBe("open [0,1]")
  expect(await stage.fromKp(packet.mutation(0, 29))).toEqual(["kc gets MUTATION vb0 op29"])
  expect(await stage.fromKc(packet.bufferAck(0))).toEqual(["kp gets BUFFER_ACK vb0 op0"])
})

test("dcp: flows: F2 what fails is reported, and what succeeded is kept", async () => {
  const stage = new ProxyStage()
  await stage.setup("c", 0, 1)
  await stage.fromKc(packet.addResponse(0))
  expect(await stage.fromKc(packet.addResponse(1, 7))).toEqual(["c: Errors (BadResponse status=7 vbucket=1)"])
  expect(await stage.open()).toBe("open [0]")
})

test("dcp: flows: F3 a stream that ends before its response takes the connection down (MB-53445)", async () => {
  const stage = new ProxyStage()
  stage.producer.link(stage.consumer)
  await stage.setup("c", 0)
  await stage.fromKc(packet.streamRequest(0, 29))
  // The cast overtakes the packets of its own chunk (O1), and those still reach the kv consumer before the crash does.
  expect(await stage.fromKp(packet.streamRequestResponse(29), packet.streamEnd(0, 29))).toEqual([
    "kc gets STREAM_REQ response Success op29 | STREAM_END vb0 op29",
    "kc closed",
    "cc exits UnexpectedStreamEnd vbucket=0",
    "kp closed",
    "pc exits Linked reason=(UnexpectedStreamEnd vbucket=0)"
  ])
})

test("dcp: flows: F4 a stream that ends after its response, but before the reply, is in the reply", async () => {
  const stage = new ProxyStage()
  await stage.setup("c", 0, 1)
  await stage.fromKc(packet.streamRequest(0, 29), packet.addResponse(0))
  await stage.fromKp(packet.streamEnd(0, 29))
  expect(await stage.fromKc(packet.addResponse(1))).toEqual(["c: Errors (StreamEnded reason=2 vbucket=0)"])
  expect(await stage.open()).toBe("open [1]")
})

test.each([0x00, 0x01, 0x0a])(
  "dcp: flows: F5 a close that races the end of its stream is no error (0x%s)",
  async (status) => {
    const stage = new ProxyStage()
    await stage.setup("a", 0)
    await stage.fromKc(packet.streamRequest(0, 29), packet.addResponse(0))
    expect(await stage.setup("b")).toEqual([
      "kc gets CLOSE_STREAM vb0 op0",
      "pc told to close vb0",
      "kp gets CLOSE_STREAM vb0 op0"
    ])
    expect(await stage.fromKp(packet.streamEnd(0, 29))).toEqual(["kc gets STREAM_END vb0 op29"])
    expect(await stage.fromKp(packet.closeResponse(0, 1))).toEqual([])
    expect(await stage.fromKc(packet.closeResponse(0, status))).toEqual(["b: Ok"])
    expect(await stage.open()).toBe("open []")
  }
)

test("dcp: flows: F6 a takeover is answered when its stream is open and the vBucket active", async () => {
  const stage = new ProxyStage()
  expect(await stage.call("t", { _tag: "Takeover", vbucket: vb(5) })).toEqual(["kc gets ADD_STREAM vb5 op5 takeover"])
  await stage.fromKc(packet.streamRequest(5, 40))
  await stage.fromKp(packet.streamRequestResponse(40), packet.setState(5, 40, 3))
  await stage.fromKc(packet.addResponse(5), packet.setStateResponse(40))
  await stage.fromKp(packet.setState(5, 40, 1))
  // The reply is given while the packet is handled, the packet passed on after its whole chunk.
  expect(await stage.fromKc(packet.setStateResponse(40))).toEqual([
    "t: Ok",
    "kp gets SET_VBUCKET_STATE response Success op40"
  ])
  expect(await stage.fromKp(packet.streamEnd(5, 40, 0))).toEqual(["kc gets STREAM_END vb5 op40"])
  expect(await stage.open()).toBe("open []")
})

test("dcp: flows: F6 a takeover is answered also when the response to ADD_STREAM comes last (MB-10779)", async () => {
  const stage = new ProxyStage()
  await stage.call("t", { _tag: "Takeover", vbucket: vb(5) })
  await stage.fromKc(packet.streamRequest(5, 40))
  await stage.fromKp(packet.setState(5, 40, 1))
  expect(await stage.fromKc(packet.setStateResponse(40))).toEqual(["kp gets SET_VBUCKET_STATE response Success op40"])
  expect(await stage.fromKc(packet.addResponse(5))).toEqual(["t: Ok"])
})

test("dcp: flows: F7 a shut takes a stuck set-up over, tells its caller, and waits for no response to ADD_STREAM", async () => {
  const stage = new ProxyStage()
  await stage.setup("c", 0, 1)
  await stage.fromKc(packet.addResponse(0))
  expect(await stage.shut("s")).toEqual([
    "c: Interrupted",
    "kc gets CLOSE_STREAM vb1 op1",
    "kc gets CLOSE_STREAM vb0 op0"
  ])
  expect(await stage.fromKc(packet.closeResponse(1))).toEqual([])
  expect(await stage.fromKc(packet.closeResponse(0))).toEqual(["s: Ok"])
  expect(await stage.open()).toBe("open []")
})
