import { describe, expect, test } from "vitest"
import { at, Cluster, put, t1, t2, tablet } from "./cluster.test-support.ts"

const forward = [
  "allow_write_both_read_old",
  "write_both_read_old",
  "streaming",
  "write_both_read_new",
  "use_new",
  "cleanup",
  "end_migration"
]

describe("sessions: node: a migration from A to D", () => {
  test.each(["mutations", "files"] as const)(
    "by %s takes the data along and leaves none behind",
    async (streamPath) => {
      const cluster = await Cluster.start({ streamPath })
      for (const key of ["a", "b", "c", "d", "e"]) await cluster.write("C", put(key, 1))
      expect(await cluster.migrate(at("A"), at("D", 1))).toEqual({ _tag: "Done" })
      await cluster.untilIdle()
      expect(cluster.stages()).toEqual(["-", ...forward, "-"])
      expect(cluster.replicas()).toEqual(["D1", "B0", "C0"])
      expect(await cluster.data("D", 1)).toEqual(["a=a1", "b=b1", "c=c1", "d=d1", "e=e1"])
      expect(await cluster.data("A")).toEqual([])
      expect(cluster.of("Landed").length).toBe(streamPath === "files" ? 3 : 1)
      expect(cluster.clock.now()).toBe(0)
    }
  )

  test("S11 S10 has its session open everywhere before it streams, and none after it has streamed", async () => {
    const cluster = await Cluster.start()
    await cluster.migrate(at("A"), at("D"))
    await cluster.untilIdle()
    const streams = cluster.labels.findIndex(({ _tag }) => _tag === "OperationBegan")
    const open = cluster.labels
      .slice(0, streams)
      .filter(({ _tag }) => _tag === "ShardCommitted")
      .slice(-8)
    for (const label of open) expect(label).toMatchObject({ open: ["t1@3"] })
    expect(new Set(cluster.of("Forgotten").map(({ node, shard, session }) => `${node}${shard} ${session}`)).size).toBe(
      8
    )
    expect(
      cluster
        .of("ShardCommitted")
        .slice(-8)
        .every(({ open }) => open.length === 0)
    ).toBe(true)
  })

  test("D1 D4 under reads and writes loses nothing and returns nothing old", async () => {
    const cluster = await Cluster.start()
    await cluster.migrate(at("A"), at("D"))
    for (let round = 1; cluster.stage() !== null && round < 500; round++) {
      const written = await cluster.write(round % 2 === 0 ? "D" : "C", put("k", round), "QUORUM")
      if (written._tag === "RequestEnded" && written.ok)
        expect((await cluster.read("B", "k"))?.timestamp).toBeGreaterThanOrEqual(round)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await cluster.flush()
    expect(cluster.stage()).toBeNull()
    expect(await cluster.data("D")).toEqual(await cluster.data("B"))
  })

  test("between two shards of a node moves the data inside it, and no other node has to know which shard", async () => {
    const cluster = await Cluster.start()
    await cluster.write("C", put("a", 1))
    await cluster.migrate(at("A"), at("A", 1))
    cluster.whenIn("write_both_read_new", () => void cluster.write("B", put("b", 2)))
    await cluster.untilIdle()
    expect(cluster.replicas()).toEqual(["A1", "B0", "C0"])
    expect(await cluster.data("A", 1)).toEqual(["a=a1", "b=b2"])
    expect(await cluster.data("A", 0)).toEqual([])
  })

  test("L2 is not held up by another tablet's stream that takes forever", async () => {
    const tablets = [tablet(t1, at("A"), at("B"), at("C")), tablet(t2, at("A", 1), at("B", 1), at("C", 1))]
    const cluster = await Cluster.start({ tablets })
    cluster.inject("D", "migration_streaming_wait")
    await cluster.migrate(at("A", 1), at("D", 1), t2)
    await cluster.until(() => cluster.stage(t2) === "streaming")
    await cluster.migrate(at("A"), at("D"))
    await cluster.untilIdle()
    expect(cluster.stage(t2)).toBe("streaming")
    cluster.member("D").injections.message("migration_streaming_wait")
    await cluster.untilIdle(t2)
  })

  test("M35 that begins as soon as another has ended owes nothing to that one's barriers and streams", async () => {
    const cluster = await Cluster.start()
    await cluster.write("B", put("k", 1))
    await cluster.migrate(at("A"), at("D"))
    // The coordinator's node is slow, and never sees the moment in between.
    cluster.whenIn(null, () => {
      const { group0 } = cluster.member("A")
      group0.pause()
      void cluster.migrate(at("D"), at("A")).then(() => group0.resume())
    })
    await cluster.until(() => cluster.stages().length === 17)
    expect(cluster.stages()).toEqual(["-", ...forward, "-", ...forward, "-"])
    const operations = cluster.of("OperationBegan").map(({ node, operation }) => `${operation} ${node}`)
    expect(operations).toEqual(["stream D", "cleanup A", "stream A", "cleanup D"])
    expect(cluster.of("BarrierEnded").filter(({ ok }) => ok).length).toBe(1 + 5 + 5)
  })

  test("V1 cannot begin while another one is under way, nor to a node that has the tablet", async () => {
    const cluster = await Cluster.start()
    expect(await cluster.migrate(at("A"), at("B", 1))).toEqual({ _tag: "Failed", why: "B has t1 already" })
    expect(await cluster.migrate(at("D"), at("A"))).toEqual({ _tag: "Failed", why: "t1 has no such replica" })
    cluster.inject("D", "migration_streaming_wait")
    await cluster.migrate(at("A"), at("D"))
    await cluster.until(() => cluster.stage() === "streaming")
    expect(await cluster.migrate(at("B"), at("D"))).toEqual({ _tag: "Failed", why: "t1 is in stage streaming" })
  })
})

describe("sessions: node: balancing", () => {
  test("moves a tablet from the fullest to the emptiest node, once it is enabled", async () => {
    const tablets = [tablet(t1, at("A"), at("B"), at("C")), tablet(t2, at("A", 1), at("B"), at("C"))]
    const cluster = await Cluster.start({ tablets })
    await cluster.flush()
    expect(cluster.stages(t2)).toEqual(["-"])
    await cluster.order("A", { _tag: "SetBalancing", enabled: true })
    await cluster.until(() => cluster.metadata.tablets.every(({ transition }) => transition === null))
    const loads = ["A", "B", "C", "D"].map(
      (node) => cluster.metadata.tablets.flatMap(({ replicas }) => replicas).filter((at) => at.node === node).length
    )
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThan(2)
  })
})
