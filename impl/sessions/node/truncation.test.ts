import { describe, expect, test } from "vitest"
import { range } from "../ring.ts"
import { at, Cluster, put, t1, t2, tablet } from "./cluster.test-support.ts"
import { complaints } from "./verdict.test-support.ts"

const truncate = { _tag: "Truncate", tablet: t1 } as const
const done = { _tag: "Done" }

/** A cluster in which a truncation was asked for, and its replica C has entered the session and not truncated yet. */
const inTheMiddle = async (): Promise<{ cluster: Cluster; truncated: Promise<unknown> }> => {
  const cluster = await Cluster.start()
  await cluster.write("B", put("k", 1))
  cluster.inject("C", "truncate_table_wait")
  const truncated = cluster.order("B", truncate)
  await cluster.until(() => cluster.member("C").injections.reached("truncate_table_wait") === 1)
  return { cluster, truncated }
}

const nothingLeft = async (cluster: Cluster): Promise<void> => {
  for (const node of ["A", "B", "C"]) expect(await cluster.data(node)).toEqual([])
  expect(cluster.metadata.session).toBeNull()
  expect(cluster.topology.current).toBeNull()
  expect(complaints(cluster.labels)).toEqual([])
}

describe("sessions: node: truncate", () => {
  test("S10 S16 drops the rows of all replicas under a session of the request's name", async () => {
    const cluster = await Cluster.start()
    await cluster.write("B", put("k", 1))
    expect(await cluster.order("D", truncate)).toEqual(done)
    await nothingLeft(cluster)
    expect(cluster.of("Truncated").map(({ session }) => session)).toEqual(Array(3).fill("truncate-t1@1"))
    expect(cluster.topology.over).toEqual([{ request: "truncate-t1@1", ok: true }])
    expect(cluster.topologyStages()).toEqual(["-", "truncate_table", "-"])
    expect(cluster.of("Forgotten").length).toBe(8)
    expect(await cluster.write("B", put("k", 2))).toMatchObject({ ok: true })
  })

  test("M46 waits in the queue, without a session, until no tablet is in transition", async () => {
    const cluster = await Cluster.start()
    cluster.inject("D", "migration_streaming_wait")
    await cluster.write("B", put("k", 1))
    await cluster.migrate(at("A"), at("D"))
    await cluster.until(() => cluster.stage() === "streaming")
    const truncated = cluster.order("A", truncate)
    await cluster.flush()
    expect(cluster.topology.queue.map(({ kind, tablet }) => `${kind} ${tablet}`)).toEqual(["truncate t1"])
    expect(cluster.metadata.session).toBeNull()
    cluster.member("D").injections.message("migration_streaming_wait")
    expect(await cluster.ended(truncated)).toEqual(done)
    expect(await cluster.data("D")).toEqual([])
  })

  test("no transition begins while it goes on", async () => {
    const { cluster, truncated } = await inTheMiddle()
    expect(await cluster.migrate(at("A"), at("D"))).toEqual({ _tag: "Failed", why: "the topology is busy" })
    cluster.member("C").injections.message("truncate_table_wait")
    expect(await cluster.ended(truncated)).toEqual(done)
  })

  test("two of them are done one after the other, each under its own session", async () => {
    const replicas = [at("A"), at("B")] as const
    const cluster = await Cluster.start({ tablets: [tablet(t1, ...replicas), tablet(t2, ...replicas)] })
    const both = [cluster.order("A", truncate), cluster.order("B", { _tag: "Truncate", tablet: t2 })]
    expect(await cluster.ended(Promise.all(both))).toEqual([done, done])
    const open = cluster.of("ShardCommitted").map(({ open }) => open.length)
    expect(Math.max(...open)).toBe(1)
    expect(new Set(cluster.of("Truncated").map(({ session }) => session)).size).toBe(2)
    expect(complaints(cluster.labels)).toEqual([])
  })

  test("of a tablet that there is not is refused", async () => {
    const cluster = await Cluster.start()
    const order = { _tag: "Truncate", tablet: t2 } as const
    expect(await cluster.order("B", order)).toEqual({ _tag: "Failed", why: "there is no tablet t2" })
    expect(cluster.topology.queue).toEqual([])
  })

  test("D1t a replica that cannot be asked fails it, behind its barrier: what is still on its way drops nothing later", async () => {
    const cluster = await Cluster.start()
    await cluster.write("B", put("k", 1))
    cluster.inject("C", "truncate_table_wait")
    const truncated = cluster.order("B", truncate)
    await cluster.until(() => cluster.member("C").injections.reached("truncate_table_wait") === 1)
    cluster.network.kill(at("A").node, at("C").node)
    await cluster.until(() => cluster.metadata.session === null)
    expect(cluster.topology.over).toEqual([])
    cluster.member("C").injections.message("truncate_table_wait")
    expect(await cluster.ended(truncated)).toEqual({ _tag: "Failed", why: "truncate-t1@1 has failed" })
    expect(await cluster.data("C")).toEqual(["k=k1"])
    expect(complaints(cluster.labels)).toEqual([])
  })
})

describe("sessions: node: truncate: failover", () => {
  test("L6 before it is taken up: the next coordinator takes it from the queue", async () => {
    const cluster = await Cluster.start()
    await cluster.write("B", put("k", 1))
    cluster.member("A").group0.pause()
    const truncated = cluster.order("B", truncate)
    await cluster.flush()
    expect(cluster.topology.queue.length).toBe(1)
    cluster.group0.elect(at("C").node)
    await cluster.flush()
    cluster.member("A").group0.resume()
    expect(await cluster.ended(truncated)).toEqual(done)
    await nothingLeft(cluster)
  })

  test("L6 when it has just been taken up: the next coordinator goes on under the same session", async () => {
    const cluster = await Cluster.start()
    await cluster.write("B", put("k", 1))
    cluster.whenIn("truncate_table", () => void cluster.group0.elect(at("C").node), range)
    expect(await cluster.ended(cluster.order("B", truncate))).toEqual(done)
    await nothingLeft(cluster)
    expect(new Set(cluster.of("Truncated").map(({ session }) => session)).size).toBe(1)
  })

  test("L6 while replicas truncate: the next coordinator has them do it again, and waits for those who are at it", async () => {
    const { cluster, truncated } = await inTheMiddle()
    cluster.group0.elect(at("B").node)
    await cluster.until(() => cluster.metadata.session === null)
    expect(cluster.topology.over).toEqual([])
    cluster.member("C").injections.message("truncate_table_wait")
    expect(await cluster.ended(truncated)).toEqual(done)
    await nothingLeft(cluster)
  })

  test("L6 also when the old coordinator's node is gone, and only whoever asked there hears nothing", async () => {
    const cluster = await Cluster.start()
    await cluster.write("B", put("k", 1))
    cluster.inject("C", "truncate_table_wait")
    const truncated = cluster.order("A", truncate)
    await cluster.until(() => cluster.member("C").injections.reached("truncate_table_wait") === 1)
    await cluster.crash("A")
    expect(await truncated).toEqual({ _tag: "Failed", why: "the node has stopped; the request goes on" })
    cluster.group0.elect(at("B").node)
    cluster.member("C").injections.message("truncate_table_wait")
    await cluster.until(() => cluster.clock.now() >= 5000)
    await cluster.boot("A")
    await cluster.until(() => cluster.topology.over.length === 1)
    expect(cluster.topology.over[0]).toMatchObject({ ok: true })
    await nothingLeft(cluster)
  })

  test("I a coordinator that fails after it cleared the session: it is drained and ended, by itself or the next", async () => {
    for (const isElected of [false, true]) {
      const cluster = await Cluster.start()
      cluster.inject("A", "truncate_crash_after_session_clear")
      const truncated = cluster.order("B", truncate)
      await cluster.until(() => cluster.member("A").injections.reached("truncate_crash_after_session_clear") === 1)
      expect(cluster.metadata.session).toBeNull()
      expect(cluster.topology.over).toEqual([])
      if (isElected) cluster.group0.elect(at("D").node)
      expect(await cluster.ended(truncated)).toEqual(done)
      expect(cluster.of("Forgotten").length).toBe(8)
      expect(cluster.of("Truncated").length).toBe(3)
      await nothingLeft(cluster)
    }
  })

  test("D1t M47 what a deposed coordinator sends is turned away once the request is over", async () => {
    const cluster = await Cluster.start()
    await cluster.write("B", put("k", 1))
    cluster.whenIn("truncate_table", () => void cluster.group0.elect(at("B").node), range)
    expect(await cluster.ended(cluster.order("C", truncate))).toEqual(done)
    expect(await cluster.write("B", put("k", 2))).toMatchObject({ ok: true })
    const [session] = cluster.of("Truncated").map(({ session }) => session)
    const late = { _tag: "Truncate", tablet: t1, session: session!, work: "late" } as never
    expect(await cluster.member("A").network.ask(at("C").node, late)).toEqual({
      _tag: "Refused",
      reason: "SessionNotFound"
    })
    expect(await cluster.data("C")).toEqual(["k=k2"])
  })
})

describe("sessions: node: snapshot", () => {
  test("goes the way of a truncation, and keeps what every replica has, whatever becomes of the tablet", async () => {
    const cluster = await Cluster.start()
    await cluster.write("B", put("k", 1))
    expect(await cluster.order("B", { _tag: "Snapshot", tablet: t1 })).toEqual(done)
    expect(await cluster.order("B", truncate)).toEqual(done)
    expect(cluster.topologyStages()).toEqual(["-", "snapshot_tables", "-", "truncate_table", "-"])
    for (const node of ["A", "B", "C"]) {
      await cluster.restart(node)
      await cluster.flush()
      const dumped = await cluster.order(node, { _tag: "Dump" })
      const kept = { tablet: t1, session: "snapshot-t1@1", rows: [put("k", 1)] }
      expect(dumped).toMatchObject({ shards: [{ tablets: [], snapshots: [kept] }, { snapshots: [] }] })
    }
    expect(complaints(cluster.labels)).toEqual([])
  })

  test("L6 is gone on with after a failover, once for each replica", async () => {
    const cluster = await Cluster.start()
    await cluster.write("B", put("k", 1))
    cluster.whenIn("snapshot_tables", () => void cluster.group0.elect(at("C").node), range)
    expect(await cluster.ended(cluster.order("B", { _tag: "Snapshot", tablet: t1 }))).toEqual(done)
    expect(cluster.metadata.session).toBeNull()
    expect(new Set(cluster.of("Snapshotted").map(({ node }) => node)).size).toBe(3)
    expect(complaints(cluster.labels)).toEqual([])
  })
})
