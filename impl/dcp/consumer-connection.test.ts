import { describe, expect, test } from "vitest"
import type { Request } from "../../spec/dcp/messages.ts"
import { packet } from "./packets.test-support.ts"
import { ProxyStage, vb, vbs } from "./proxy-stage.test-support.ts"

/** A stage on which the streams of these vBuckets are open; the opaque of vBucket v is 20 + v. */
async function opened(...vbuckets: number[]): Promise<ProxyStage> {
  const stage = new ProxyStage()
  await stage.setup("before", ...vbuckets)
  for (const v of vbuckets) await stage.fromKc(packet.streamRequest(v, 20 + v), packet.addResponse(v))
  return stage
}

describe("dcp: consumer connection: set-up", () => {
  test("asks to open in the caller's order, then closes in ascending order, each at the kv consumer first (O3)", async () => {
    const stage = await opened(4, 2)
    expect(await stage.setup("c", 9, 1)).toEqual([
      "kc gets ADD_STREAM vb9 op9",
      "kc gets ADD_STREAM vb1 op1",
      "kc gets CLOSE_STREAM vb2 op2",
      "pc told to close vb2",
      "kc gets CLOSE_STREAM vb4 op4",
      "pc told to close vb4",
      "kp gets CLOSE_STREAM vb2 op2",
      "kp gets CLOSE_STREAM vb4 op4"
    ])
  })

  test("answers at once when nothing has to change", async () => {
    const stage = await opened(1, 2)
    expect(await stage.setup("c", 2, 1)).toEqual(["c: Ok"])
    expect(await stage.call("m", { _tag: "MaybeCloseStream", vbucket: vb(7) })).toEqual(["m: Ok"])
  })

  test("S6 a vBucket named twice is asked for once", async () => {
    const stage = new ProxyStage()
    expect(await stage.setup("c", 3, 1, 3)).toEqual(["kc gets ADD_STREAM vb3 op3", "kc gets ADD_STREAM vb1 op1"])
  })

  test("S7 whatever else is asked meanwhile is refused, and the streams can still be listed", async () => {
    const stage = await opened(1)
    await stage.setup("c", 1, 2)
    const others: Request[] = [
      { _tag: "SetupStreams", vbuckets: vbs(1) },
      { _tag: "MaybeCloseStream", vbucket: vb(1) },
      { _tag: "Takeover", vbucket: vb(3) }
    ]
    for (const request of others) expect(await stage.call("other", request)).toEqual(["other: Refused"])
    expect(await stage.open()).toBe("open [1]")
  })

  test("S9 closing one stream waits for both sides", async () => {
    const stage = await opened(1, 2)
    await stage.call("m", { _tag: "MaybeCloseStream", vbucket: vb(1) })
    expect(await stage.fromKc(packet.closeResponse(1))).toEqual([])
    expect(await stage.fromKp(packet.closeResponse(1))).toEqual(["m: Ok"])
    expect(await stage.open()).toBe("open [2]")
  })

  test("S2 errors are listed newest first, from both sides", async () => {
    const stage = await opened(1)
    await stage.setup("c", 2)
    await stage.fromKc(packet.addResponse(2, 0x07))
    await stage.fromKp(packet.closeResponse(1, 0x86))
    expect(await stage.fromKc(packet.closeResponse(1, 0x82))).toEqual([
      "c: Errors (BadResponse status=130 vbucket=1) (BadResponse status=134 vbucket=1) (BadResponse status=7 vbucket=2)"
    ])
    expect(await stage.open()).toBe("open [1]")
  })

  test("a call of an unknown kind is refused", async () => {
    const stage = new ProxyStage()
    expect(await stage.call("x", { _tag: "Dance" } as never)).toEqual(["x: Refused"])
  })
})

describe("dcp: consumer connection: the end of a stream", () => {
  test("S3 S4 one that was open and stays wanted is gone, and in the reply", async () => {
    const stage = await opened(1)
    await stage.setup("c", 1, 2)
    await stage.end(1, 21, 5)
    expect(await stage.open()).toBe("open []")
    expect(await stage.fromKc(packet.addResponse(2))).toEqual(["c: Errors (StreamEnded reason=5 vbucket=1)"])
  })

  test("L5 one that is open leaves the list, so that it can be added again", async () => {
    const stage = await opened(1)
    await stage.end(1, 21)
    expect(await stage.open()).toBe("open []")
    expect(await stage.setup("c", 1)).toEqual(["kc gets ADD_STREAM vb1 op1"])
  })

  test("S4 S11 a stale one changes nothing: idle, during a set-up, or during a takeover", async () => {
    const stage = await opened(1)
    await stage.end(1, 20)
    expect(await stage.open()).toBe("open [1]")
    await stage.setup("c", 1, 2)
    expect(await stage.end(2, 22)).toEqual([])
    expect(await stage.end(1, 20)).toEqual([])
    expect(await stage.fromKc(packet.streamRequest(2, 60), packet.addResponse(2))).toContain("c: Ok")
    await stage.call("t", { _tag: "Takeover", vbucket: vb(5) })
    await stage.fromKc(packet.streamRequest(5, 70))
    expect(await stage.end(5, 25)).toEqual([])
    expect(await stage.open()).toBe("open [1,2]")
  })

  test("S11 the end of the stream just closed does not touch the one that was added after it", async () => {
    const stage = await opened(1)
    await stage.setup("close")
    await stage.fromKc(packet.closeResponse(1))
    await stage.fromKp(packet.closeResponse(1))
    await stage.setup("again", 1)
    await stage.end(1, 21, 1)
    await stage.fromKc(packet.streamRequest(1, 50))
    await stage.end(1, 21, 1)
    expect(await stage.fromKc(packet.addResponse(1))).toEqual(["again: Ok"])
    expect(await stage.open()).toBe("open [1]")
  })

  test("a repeated STREAM_REQ, as after a rollback, does not begin another incarnation", async () => {
    const stage = new ProxyStage()
    await stage.setup("c", 1)
    await stage.fromKc(packet.streamRequest(1, 30), packet.streamRequest(1, 31))
    expect(await stage.end(1, 31)).toEqual([])
    expect(await stage.end(1, 30)).toContain("cc exits UnexpectedStreamEnd vbucket=1")
  })
})

describe("dcp: consumer connection: shut", () => {
  test("S13 closes at the kv consumer only, and is final", async () => {
    const stage = await opened(1, 2)
    expect(await stage.shut("s")).toEqual(["kc gets CLOSE_STREAM vb1 op1", "kc gets CLOSE_STREAM vb2 op2"])
    expect(await stage.fromKc(packet.closeResponse(2), packet.closeResponse(1))).toEqual(["s: Ok"])
    expect(await stage.fromKc(packet.noop(1), packet.addResponse(9))).toEqual([])
    expect(await stage.end(1, 21)).toEqual([])
    expect(await stage.setup("late", 1)).toEqual(["late: Refused"])
    expect(await stage.shut("again")).toEqual(["again: Refused"])
  })

  test("is immediate when nothing is open", async () => {
    const stage = new ProxyStage()
    expect(await stage.shut("s")).toEqual(["s: Ok"])
  })

  test("over a set-up closes what was asked for, then what is open and not being closed", async () => {
    const stage = await opened(1, 2, 3)
    await stage.setup("c", 1, 3, 9, 8)
    expect(await stage.shut("s")).toEqual([
      "c: Interrupted",
      "kc gets CLOSE_STREAM vb9 op9",
      "kc gets CLOSE_STREAM vb8 op8",
      "kc gets CLOSE_STREAM vb1 op1",
      "kc gets CLOSE_STREAM vb3 op3"
    ])
  })

  test("over a set-up waits for no producer, and drops what one still answers", async () => {
    const stage = await opened(1)
    await stage.setup("c")
    await stage.shut("s")
    expect(await stage.fromKp(packet.closeResponse(1, 0x86))).toEqual([])
    expect(await stage.fromKc(packet.closeResponse(1))).toEqual(["s: Ok"])
  })

  test("over a set-up takes the response to ADD_STREAM if it comes before the one to CLOSE_STREAM", async () => {
    const stage = new ProxyStage()
    await stage.setup("c", 1)
    await stage.shut("s")
    expect(await stage.fromKc(packet.addResponse(1))).toEqual([])
    expect(await stage.fromKc(packet.closeResponse(1))).toEqual(["s: Ok"])
    expect(await stage.open()).toBe("open []")
  })

  test("is refused during a takeover", async () => {
    const stage = new ProxyStage()
    await stage.call("t", { _tag: "Takeover", vbucket: vb(1) })
    expect(await stage.shut("s")).toEqual(["s: Refused"])
  })
})

describe("dcp: consumer connection: takeover", () => {
  test("S16 is not done through a stream that is open", async () => {
    const stage = await opened(1)
    expect(await stage.call("t", { _tag: "Takeover", vbucket: vb(1) })).toEqual(["t: TakeoverOnOpenStream"])
  })

  test("a refused ADD_STREAM is reported, and the connection ready again", async () => {
    const stage = new ProxyStage()
    await stage.call("t", { _tag: "Takeover", vbucket: vb(1) })
    expect(await stage.fromKc(packet.addResponse(1, 0x07))).toEqual(["t: DcpError status=7"])
    expect(await stage.setup("c")).toEqual(["c: Ok"])
  })

  test("L3 an early end is reported after the response to ADD_STREAM", async () => {
    const stage = new ProxyStage()
    await stage.call("t", { _tag: "Takeover", vbucket: vb(1) })
    await stage.fromKc(packet.streamRequest(1, 30), packet.addResponse(1))
    expect(await stage.end(1, 30, 2)).toEqual(["t: TakeoverEnded reason=2"])
    expect(await stage.setup("c")).toEqual(["c: Ok"])
  })

  test("L3 an early end before the response to ADD_STREAM takes the connection down", async () => {
    const stage = new ProxyStage()
    await stage.call("t", { _tag: "Takeover", vbucket: vb(1) })
    await stage.fromKc(packet.streamRequest(1, 30))
    expect(await stage.end(1, 30)).toContain("cc exits UnexpectedStreamEnd vbucket=1")
  })

  test("S16 only an active state acknowledged under the stream's opaque counts", async () => {
    const stage = new ProxyStage()
    await stage.call("t", { _tag: "Takeover", vbucket: vb(1) })
    await stage.fromKc(packet.streamRequest(1, 30), packet.addResponse(1))
    await stage.fromKp(packet.setState(1, 30, 1))
    for (const reply of [packet.setStateResponse(31), packet.setStateResponse(30, 0x86)]) {
      expect(await stage.fromKc(reply)).toHaveLength(1)
    }
    expect(await stage.fromKc(packet.setStateResponse(30))).toContain("t: Ok")
  })

  test("a STREAM_REQ for another vBucket ends the connection", async () => {
    const stage = new ProxyStage()
    await stage.call("t", { _tag: "Takeover", vbucket: vb(1) })
    expect(await stage.fromKc(packet.streamRequest(2, 30))).toContain("cc exits BadMatch")
  })
})

describe("dcp: consumer connection: S8 a response that nobody awaits", () => {
  test("to ADD_STREAM during a set-up ends the connection", async () => {
    const stage = new ProxyStage()
    await stage.setup("c", 1)
    expect(await stage.fromKc(packet.addResponse(2))).toContain("cc exits UnrecognizedOpaque opaque=2")
  })

  test("to CLOSE_STREAM during a set-up ends the connection, from either side", async () => {
    const fromConsumer = await opened(1)
    await fromConsumer.setup("c", 1, 2)
    expect(await fromConsumer.fromKc(packet.closeResponse(1))).toContain("cc exits UnrecognizedOpaque opaque=1")
    const fromProducer = await opened(1)
    await fromProducer.setup("c", 1, 2)
    expect(await fromProducer.fromKp(packet.closeResponse(1))).toContain("cc exits UnrecognizedOpaque opaque=1")
  })

  test("to ADD_STREAM during a takeover ends the connection", async () => {
    const stage = new ProxyStage()
    await stage.call("t", { _tag: "Takeover", vbucket: vb(1) })
    expect(await stage.fromKc(packet.addResponse(2))).toContain("cc exits UnrecognizedOpaque opaque=2")
  })

  test("passes through when no call runs", async () => {
    const stage = new ProxyStage()
    expect(await stage.fromKc(packet.addResponse(2))).toEqual(["kp gets ADD_STREAM response Success op2"])
    expect(await stage.fromKp(packet.closeResponse(2))).toEqual([])
  })
})

test("dcp: consumer connection: S1 a call to one that dies, or is dead, is never answered and always rejected", async () => {
  const stage = new ProxyStage()
  const pending = stage.consumer.call({ _tag: "SetupStreams", vbuckets: vbs(1) })
  const rejected = expect(pending).rejects.toMatchObject({ _tag: "ProcessExit", reason: { _tag: "SocketClosed" } })
  await stage.settled()
  stage.kvConsumer.close()
  await rejected
  await expect(stage.consumer.call({ _tag: "GetPartitions" })).rejects.toMatchObject({ _tag: "ProcessExit" })
})
