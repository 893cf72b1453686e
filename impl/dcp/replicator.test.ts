import { describe, expect, test } from "vitest"
import { MemorySocket } from "../runtime/memory-socket.ts"
import type { Socket } from "../runtime/transport.ts"
import { packet } from "./packets.test-support.ts"
import { vb, vbs } from "./proxy-stage.test-support.ts"
import { shutTimeoutMs } from "./replicator.ts"
import { ReplicatorStage } from "./replicator-stage.test-support.ts"

describe("dcp: replicator: calls", () => {
  test("run one after another, in the order in which they were made", async () => {
    const stage = new ReplicatorStage()
    stage.watch("a", stage.replicator.setupReplication(vbs(1)))
    stage.watch("b", stage.replicator.setupReplication(vbs(1, 2)))
    expect(await stage.settled()).toEqual(["kc gets ADD_STREAM vb1 op1"])
    expect(await stage.fromKc(packet.addResponse(1))).toEqual(["a: Ok", "kc gets ADD_STREAM vb2 op2"])
    expect(await stage.fromKc(packet.addResponse(2))).toEqual(["b: Ok"])
    expect(await stage.replicator.getPartitions()).toEqual({ _tag: "Partitions", vbuckets: [1, 2] })
  })

  test("S16 a takeover first closes the stream, and is not done while that failed", async () => {
    const stage = new ReplicatorStage()
    await stage.open(1)
    stage.watch("t", stage.replicator.takeover(vb(1)))
    expect(await stage.settled()).toEqual(["kc gets CLOSE_STREAM vb1 op1", "kp gets CLOSE_STREAM vb1 op1"])
    await stage.fromKp(packet.closeResponse(1, 0x86))
    expect(await stage.fromKc(packet.closeResponse(1, 0x86))).toEqual(["t: TakeoverOnOpenStream"])
  })

  test("F6 a takeover goes on once the stream is closed", async () => {
    const stage = new ReplicatorStage()
    await stage.open(1)
    stage.watch("t", stage.replicator.takeover(vb(1)))
    await stage.fromKp(packet.closeResponse(1))
    expect(await stage.fromKc(packet.closeResponse(1))).toContain("kc gets ADD_STREAM vb1 op1 takeover")
  })
})

describe("dcp: replicator: S17 linked lifetimes", () => {
  test.each(["kvConsumer", "kvProducer"] as const)(
    "when %s closes, both proxies and the replicator end",
    async (end) => {
      const stage = new ReplicatorStage()
      await stage.settled()
      stage[end].close()
      const other = end === "kvConsumer" ? "kp closed" : "kc closed"
      const proxy = end === "kvConsumer" ? "consumerConnection" : "producerConnection"
      const exit = `replicator exits ProxyDied proxy=${proxy} reason=(SocketClosed)`
      expect(await stage.settled()).toEqual([other, exit])
    }
  )

  test("L2 every caller learns of the death, also one whose call had not begun", async () => {
    const stage = new ReplicatorStage()
    stage.watch("a", stage.replicator.setupReplication(vbs(1)))
    stage.watch("b", stage.replicator.getPartitions())
    await stage.settled()
    stage.kvProducer.close()
    expect(await stage.settled()).toEqual([
      "kc closed",
      "replicator exits ChildInterrupted",
      "a rejected: ProcessExit",
      "b rejected: ProcessExit"
    ])
  })

  test("F3 a stream that ends before its response ends the replicator, and its caller's call exits", async () => {
    const stage = new ReplicatorStage()
    stage.watch("a", stage.replicator.setupReplication(vbs(1)))
    await stage.settled()
    await stage.fromKc(packet.streamRequest(1, 29))
    expect(await stage.fromKp(packet.streamRequestResponse(29), packet.streamEnd(1, 29))).toEqual([
      "kc gets STREAM_REQ response Success op29 | STREAM_END vb1 op29",
      "kc closed",
      "kp closed",
      "replicator exits ChildInterrupted",
      "a rejected: ProcessExit"
    ])
  })

  test("a connection that cannot be opened ends it, and a connection opened too late is closed", async () => {
    const refused = new ReplicatorStage(undefined, { producer: () => Promise.reject(new Error("refused")) })
    expect(await refused.settled()).toEqual(["kc closed", "replicator exits ConnectFailed error=refused"])
    let late = (_: Socket) => {}
    const slow = new ReplicatorStage(undefined, { producer: () => new Promise((resolve) => (late = resolve)) })
    await slow.settled()
    expect(await slow.replicator.shutdown("shutdown")).toEqual({ _tag: "ChildInterrupted" })
    const [socket, far] = MemorySocket.pair()
    late(socket)
    await slow.settled()
    expect(far.isOpen).toBe(false)
  })
})

describe("dcp: replicator: shutdown", () => {
  test.each(["shutdown", "nuke"] as const)("%s closes the streams, then both connections", async (reason) => {
    const stage = new ReplicatorStage()
    await stage.open(1)
    void stage.replicator.shutdown(reason)
    expect(await stage.settled()).toEqual(["kc gets CLOSE_STREAM vb1 op1"])
    expect(await stage.fromKc(packet.closeResponse(1))).toEqual(["kc closed", "kp closed", "replicator exits Shutdown"])
  })

  test("L4 one that is never answered is given up after a minute, and everything ends all the same", async () => {
    const stage = new ReplicatorStage()
    await stage.open(1)
    void stage.replicator.shutdown("shutdown")
    await stage.settled()
    stage.clock.advance(shutTimeoutMs - 1)
    expect(await stage.settled()).toEqual([])
    stage.clock.advance(1)
    expect((await stage.settled()).slice(0, 2)).toEqual(["kc closed", "kp closed"])
    expect(await stage.replicator.exited).toMatchObject({ _tag: "ShutFailed" })
    expect(stage.clock.pending).toBe(0)
  })

  test("while a call is under way is an interruption: nothing is closed in order, everything by force", async () => {
    const stage = new ReplicatorStage()
    stage.watch("a", stage.replicator.setupReplication(vbs(1)))
    await stage.settled()
    void stage.replicator.shutdown("shutdown")
    expect(await stage.settled()).toEqual([
      "kc closed",
      "kp closed",
      "replicator exits ChildInterrupted",
      "a rejected: ProcessExit"
    ])
  })

  test("interrupted closes no streams", async () => {
    const stage = new ReplicatorStage()
    await stage.open(1)
    expect(await stage.replicator.shutdown("interrupted")).toEqual({ _tag: "Interrupted" })
    expect(await stage.settled()).toEqual(["kc closed", "kp closed", "replicator exits Interrupted"])
  })

  test("of one whose consumer dies meanwhile ends all the same", async () => {
    const stage = new ReplicatorStage()
    await stage.open(1)
    void stage.replicator.shutdown("shutdown")
    await stage.settled()
    stage.kvConsumer.close()
    expect((await stage.settled())[0]).toBe("kp closed")
    expect(await stage.replicator.exited).toMatchObject({ _tag: "ShutFailed" })
  })
})
