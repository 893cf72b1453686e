import { describe, expect, test } from "vitest"
import type { NodeRequest, Operation } from "../../../spec/sessions/messages.ts"
import { TabletId, Version } from "../../../spec/sessions/metadata.ts"
import { at, Cluster, put, t1, tablet } from "./cluster.test-support.ts"

const trigger = (operation: Operation): NodeRequest => ({ _tag: "Trigger", operation, tablet: t1 })

/** A cluster whose migration to D waits at the beginning of its stream. */
const streaming = async (): Promise<Cluster> => {
  const cluster = await Cluster.start()
  await cluster.write("B", put("k", 1))
  cluster.inject("D", "migration_streaming_wait")
  await cluster.migrate(at("A"), at("D"))
  await cluster.until(() => cluster.stage() === "streaming")
  return cluster
}

describe("sessions: node: operations on tablets", () => {
  test("a second trigger joins the operation that goes on", async () => {
    const cluster = await streaming()
    const second = cluster.member("B").network.ask(at("D").node, trigger("stream"))
    await cluster.flush()
    cluster.member("D").injections.message("migration_streaming_wait")
    expect(await second).toEqual({ _tag: "Ok" })
    await cluster.untilIdle()
    expect(cluster.of("OperationBegan").filter(({ operation }) => operation === "stream").length).toBe(1)
  })

  test("M56 a trigger that is for another stage, another node or nothing is refused", async () => {
    const cluster = await streaming()
    const ask = (node: string, operation: Operation) =>
      cluster.member("B").network.ask(at(node).node, trigger(operation))
    expect(await ask("C", "stream")).toEqual({ _tag: "Refused", reason: "NotThisReplica" })
    expect(await ask("A", "cleanup")).toEqual({ _tag: "Refused", reason: "WrongStage" })
    expect(await ask("A", "repair")).toEqual({ _tag: "Refused", reason: "WrongStage" })
    expect(await ask("A", "restore")).toEqual({ _tag: "Refused", reason: "WrongStage" })
    cluster.member("D").injections.message("migration_streaming_wait")
    await cluster.untilIdle()
    expect(await ask("A", "cleanup")).toEqual({ _tag: "Refused", reason: "WrongStage" })
    expect(cluster.of("TriggerRefused").map(({ reason }) => reason)).toEqual([
      "NotThisReplica",
      "WrongStage",
      "WrongStage",
      "WrongStage",
      "WrongStage"
    ])
  })

  test("M57 M60 a stream that is left over is stopped by the stage that follows, and its cleanup is a cleanup", async () => {
    const cluster = await streaming()
    cluster.inject("A", "stream_tablet_move_to_cleanup", false)
    cluster.network.kill(at("A").node, at("D").node)
    await cluster.untilIdle()
    const told = cluster.labels.flatMap((label) =>
      label._tag === "OperationEnded" && label.node === "D" ? `${label.operation} ${label.reason}` : []
    )
    expect(told).toEqual(["stream AbortRequested", "cleanup null"])
    expect(cluster.of("Cleaned").map(({ node }) => node)).toEqual(["D"])
  })

  test("M58 a stream ends when its table is split under it, and is begun again", async () => {
    const cluster = await streaming()
    const { at: head, metadata } = cluster.group0.head
    const half = tablet(TabletId.make("t1.2"), at("A", 1), at("B", 1), at("C", 1))
    const version = Version.make(metadata.version + 1)
    const split = { ...metadata, version, tablets: [...metadata.tablets, half] }
    cluster.group0.commit(head, { _tag: "Operator" }, split)
    await cluster.untilIdle()
    const told = cluster.of("OperationEnded").map(({ operation, reason }) => `${operation} ${reason}`)
    expect(told).toEqual(["stream AbortRequested", "stream null", "cleanup null"])
    expect(cluster.replicas()).toEqual(["D0", "B0", "C0"])
  })

  test("M75 D3 a node that restarts after its cleanup does not take the tablet's data again", async () => {
    const cluster = await Cluster.start()
    cluster.inject("B", "handle_tablet_migration_end_migration")
    cluster.group0.elect(at("B").node)
    await cluster.migrate(at("A"), at("D"))
    await cluster.until(() => cluster.stage() === "end_migration")
    await cluster.restart("A")
    await cluster.flush()
    const late = { _tag: "Write", request: "late", version: 0, tablet: t1, row: put("k", 9) } as never
    expect(await cluster.member("C").network.ask(at("A").node, late)).toEqual({
      _tag: "Refused",
      reason: "NoSuchTablet"
    })
    cluster.member("B").injections.message("handle_tablet_migration_end_migration")
    await cluster.untilIdle()
    expect(await cluster.data("A")).toEqual([])
  })

  test("M76 D2 a pending replica keeps its tombstones", async () => {
    const cluster = await Cluster.start()
    await cluster.write("B", put("k", 2, null))
    await cluster.order("B", { _tag: "Repair", tablet: t1 })
    await cluster.untilIdle()
    cluster.inject("D", "stream_tablet_wait")
    await cluster.migrate(at("A"), at("D"))
    await cluster.until(() => cluster.member("D").injections.reached("stream_tablet_wait") === 1)
    for (const node of ["A", "B", "C", "D"]) await cluster.order(node, { _tag: "Purge", tablet: t1, before: 100 })
    expect(cluster.of("Purged").map(({ node }) => node)).toEqual(["A", "B", "C"])
    expect(await cluster.data("D")).toEqual(["k=null"])
  })

  test("D3 a replica that has cleaned up has nothing to purge, although it does not know yet that its stage is over", async () => {
    const cluster = await Cluster.start()
    cluster.inject("A", "cleanup_tablet_wait")
    await cluster.migrate(at("A"), at("D"))
    await cluster.until(() => cluster.stage() === "cleanup")
    await cluster.flush()
    cluster.member("A").group0.pause()
    cluster.member("A").injections.message("cleanup_tablet_wait")
    await cluster.until(() => cluster.of("Cleaned").length > 0)
    await cluster.order("A", { _tag: "Purge", tablet: t1, before: 100 })
    expect(cluster.of("Purged")).toEqual([])
    cluster.member("A").group0.resume()
    await cluster.untilIdle()
  })

  test("M60 a trigger for something else waits for what goes on, and does not take its success for its own", async () => {
    const cluster = await streaming()
    const cleanup = cluster.member("B").network.ask(at("D").node, trigger("cleanup"))
    await cluster.flush()
    cluster.member("D").injections.message("migration_streaming_wait")
    expect(await cleanup).toEqual({ _tag: "Refused", reason: "WrongStage" })
    await cluster.untilIdle()
    expect(await cluster.data("D")).toEqual(["k=k1"])
  })

  test("a file that belongs to no fetch of this node is refused, though its session is open", async () => {
    const cluster = await streaming()
    const session = cluster.tablet().transition?.session
    const rows = [put("k", 9)]
    const file = { _tag: "StreamRows", tablet: t1, session, via: 0, to: 0, rows, work: "w", fetch: "unknown" } as never
    const answer = await cluster.member("A").network.ask(at("D").node, file)
    expect(answer).toEqual({ _tag: "Refused", reason: "StreamFailed" })
  })

  test("D5 M64 nothing is cleaned up while somebody may still send a write there", async () => {
    const cluster = await streaming()
    cluster.inject("C", "replica_write_wait")
    void cluster.write("B", put("k", 2), "QUORUM")
    await cluster.flush()
    cluster.inject("A", "stream_tablet_move_to_cleanup", false)
    cluster.network.kill(at("A").node, at("D").node)
    await cluster.until(() => cluster.clock.now() >= 5000)
    expect(cluster.stage()).toBe("cleanup_target")
    expect(cluster.of("Cleaned")).toEqual([])
    cluster.member("C").injections.message("replica_write_wait")
    await cluster.untilIdle()
    expect(cluster.of("Cleaned").length).toBe(1)
  })

  test("D5 a cleanup waits for the writes that are being made", async () => {
    const cluster = await Cluster.start()
    cluster.inject("A", "cleanup_tablet_wait")
    await cluster.migrate(at("A"), at("D"))
    await cluster.until(() => cluster.stage() === "cleanup")
    const unfenced = { _tag: "Write", request: "late", version: 0, tablet: t1, row: put("k", 9) } as never
    expect(await cluster.member("C").network.ask(at("A").node, unfenced)).toEqual({ _tag: "Ok" })
    cluster.member("A").injections.message("cleanup_tablet_wait")
    await cluster.untilIdle()
    expect(await cluster.data("A")).toEqual([])
  })

  test.each(["A", "B", "C", "D"])(
    "M21 S10 a restart of %s while rows are on their way delays the migration only",
    async (node) => {
      const cluster = await streaming()
      await cluster.restart(node)
      if (node === "A") cluster.group0.elect(at("B").node)
      cluster.member("D").injections.disable("migration_streaming_wait")
      await cluster.untilIdle()
      expect(cluster.replicas()).toEqual(["D0", "B0", "C0"])
      expect(await cluster.data("D")).toEqual(["k=k1"])
    }
  )
})
