import { describe, expect, test } from "vitest"
import { at, Cluster, put, t1 } from "./cluster.test-support.ts"

/** A cluster whose migration to D is in streaming, with the rows that A sent stopped at D before they enter the session. */
const streamingStopped = async (): Promise<Cluster> => {
  const cluster = await Cluster.start()
  await cluster.write("B", put("k", 1))
  cluster.inject("D", "stream_mutation_fragments")
  await cluster.migrate(at("A"), at("D"))
  await cluster.until(() => cluster.member("D").injections.reached("stream_mutation_fragments") === 1)
  expect(cluster.stage()).toBe("streaming")
  return cluster
}

/** Deletes a row on all replicas, and has them forget that they did. */
const deleteForGood = async (cluster: Cluster, replicas: ReadonlyArray<string>): Promise<void> => {
  expect(await cluster.write("B", put("k", 2, null))).toMatchObject({ ok: true })
  expect(await cluster.order("B", { _tag: "Repair", tablet: t1 })).toEqual({ _tag: "Done" })
  await cluster.untilIdle()
  for (const node of replicas) await cluster.order(node, { _tag: "Purge", tablet: t1, before: 100 })
  for (const node of replicas) expect(await cluster.data(node)).toEqual([])
}

describe("sessions: node: failed streaming", () => {
  test("A S6 D2 is fenced away: what a broken connection left behind lands nowhere after a retry has done it", async () => {
    const cluster = await streamingStopped()
    cluster.network.kill(at("A").node, at("D").node)
    await cluster.untilIdle()
    expect(cluster.replicas()).toEqual(["D0", "B0", "C0"])
    await deleteForGood(cluster, ["D", "B", "C"])
    cluster.member("D").injections.message("stream_mutation_fragments")
    await cluster.flush()
    expect(cluster.turnedAway("D")).toEqual(["SessionNotFound"])
    expect(await cluster.data("D")).toEqual([])
    expect(await cluster.read("B", "k", "ALL")).toBeNull()
  })

  test("B S6 D3 is fenced away by a rollback as well, and its target is clean", async () => {
    const cluster = await streamingStopped()
    cluster.network.kill(at("A").node, at("D").node)
    cluster.inject("A", "stream_tablet_move_to_cleanup", false)
    await cluster.untilIdle()
    expect(cluster.stages().slice(-4)).toEqual(["streaming", "cleanup_target", "revert_migration", "-"])
    expect(cluster.replicas()).toEqual(["A0", "B0", "C0"])
    cluster.member("D").injections.message("stream_mutation_fragments")
    await cluster.flush()
    expect(cluster.turnedAway("D")).toEqual(["SessionNotFound"])
    expect(await cluster.data("D")).toEqual([])
  })

  test("a remnant that was let in holds the barrier up until it is done, and lands only in its own migration", async () => {
    const cluster = await Cluster.start()
    await cluster.write("B", put("k", 1))
    cluster.inject("D", "stream_consumer_wait")
    await cluster.migrate(at("A"), at("D"))
    await cluster.until(() => cluster.member("D").injections.reached("stream_consumer_wait") === 1)
    cluster.network.kill(at("A").node, at("D").node)
    await cluster.until(() => cluster.stage() === "write_both_read_new")
    await cluster.flush()
    expect(cluster.stage()).toBe("write_both_read_new")
    expect(cluster.of("CommandAnswered").at(-1)).not.toMatchObject({ node: "D" })
    cluster.member("D").injections.message("stream_consumer_wait")
    await cluster.untilIdle()
    const order = cluster.labels.filter(({ _tag }) => _tag === "Landed" || _tag === "Cleaned").map(({ _tag }) => _tag)
    expect(order).toEqual(["Landed", "Landed", "Cleaned"])
  })

  test("is tried again after a pause under the same session, by whichever coordinator", async () => {
    const cluster = await Cluster.start()
    cluster.inject("D", "stream_tablet_fail")
    await cluster.migrate(at("A"), at("D"))
    await cluster.flush()
    expect(cluster.stage()).toBe("streaming")
    cluster.clock.advance(999)
    await cluster.flush()
    expect(cluster.of("OperationBegan").length).toBe(1)
    cluster.clock.advance(1)
    await cluster.untilIdle()
    const streams = cluster.of("OperationBegan").filter(({ operation }) => operation === "stream")
    expect(streams.map(({ session }) => session)).toEqual(["t1@3", "t1@3"])
    expect(cluster.of("OperationEnded")[0]).toMatchObject({ reason: "StreamFailed" })
  })

  test("M54 leaves no stream open and no guard held, wherever it failed", async () => {
    const cluster = await Cluster.start()
    await cluster.write("B", put("k", 1))
    let lost = 0
    cluster.fate = ({ tag }) =>
      tag === "StreamRows" && lost++ < 4 ? (lost % 2 === 0 ? "lose" : "duplicate") : "deliver"
    await cluster.migrate(at("A"), at("D"))
    await cluster.untilIdle()
    expect(cluster.of("Entered").length).toBe(cluster.of("Left").length)
    expect(await cluster.data("D")).toEqual(["k=k1"])
  })
})

describe("sessions: node: a full disk", () => {
  test.each(["mutations", "files"] as const)(
    "M78 F7 at the target leads a migration back, streamed as %s, and to another target it succeeds",
    async (streamPath) => {
      const cluster = await Cluster.start({ streamPath })
      await cluster.write("B", put("k", 1))
      cluster.inject("D", "critical_disk_utilization", false)
      await cluster.migrate(at("A"), at("D"))
      await cluster.untilIdle()
      expect(cluster.stages().slice(-4)).toEqual(["streaming", "cleanup_target", "revert_migration", "-"])
      expect(cluster.of("OperationEnded").find(({ operation }) => operation === "stream")?.reason).toBe("DiskFull")
      expect(cluster.of("OperationBegan").filter(({ operation }) => operation === "stream").length).toBe(1)
      expect(cluster.replicas()).toEqual(["A0", "B0", "C0"])
      expect(await cluster.data("D")).toEqual([])
      expect(cluster.metadata.tablets[0]?.transition).toBeNull()
      cluster.member("D").injections.disable("critical_disk_utilization")
      await cluster.migrate(at("A"), at("D"))
      await cluster.untilIdle()
      expect(cluster.replicas()).toEqual(["D0", "B0", "C0"])
    }
  )

  test("at the other shard of a node leads a move between shards back", async () => {
    const cluster = await Cluster.start()
    await cluster.write("B", put("k", 1))
    cluster.inject("A", "critical_disk_utilization", false)
    await cluster.migrate(at("A"), at("A", 1))
    await cluster.untilIdle()
    expect(cluster.replicas()).toEqual(["A0", "B0", "C0"])
    expect(await cluster.data("A", 0)).toEqual(["k=k1"])
    expect(await cluster.data("A", 1)).toEqual([])
  })

  test("S11 that lasts does not keep a failover from leading back", async () => {
    const cluster = await Cluster.start()
    cluster.inject("D", "critical_disk_utilization", false)
    await cluster.migrate(at("A"), at("D"))
    await cluster.until(() => cluster.stage() === "streaming")
    cluster.group0.elect(at("B").node)
    await cluster.untilIdle()
    expect(cluster.replicas()).toEqual(["A0", "B0", "C0"])
  })
})
