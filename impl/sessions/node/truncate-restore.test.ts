import { describe, expect, test } from "vitest"
import { at, Cluster, put, t1 } from "./cluster.test-support.ts"

const truncate = { _tag: "Truncate", tablet: t1 } as const

describe("sessions: node: truncate", () => {
  test("S10 drops the rows of all replicas under the session of the topology", async () => {
    const cluster = await Cluster.start()
    await cluster.write("B", put("k", 1))
    expect(await cluster.order("A", truncate)).toEqual({ _tag: "Done" })
    for (const node of ["A", "B", "C"]) expect(await cluster.data(node)).toEqual([])
    expect(cluster.of("Truncated").length).toBe(3)
    const sessions = new Set(cluster.of("Truncated").map(({ session }) => session))
    expect(new Set(cluster.of("Forgotten").map(({ session }) => session))).toEqual(sessions)
    expect(cluster.metadata.session).toBeNull()
    expect(await cluster.write("B", put("k", 2))).toMatchObject({ ok: true })
  })

  test("is for the node that leads, and waits until no tablet is in transition", async () => {
    const cluster = await Cluster.start()
    expect(await cluster.order("B", truncate)).toEqual({ _tag: "Failed", why: "B does not lead group 0" })
    cluster.inject("D", "migration_streaming_wait")
    await cluster.write("B", put("k", 1))
    await cluster.migrate(at("A"), at("D"))
    await cluster.until(() => cluster.stage() === "streaming")
    const truncated = cluster.order("A", truncate)
    await cluster.flush()
    expect(cluster.metadata.session).toBeNull()
    cluster.member("D").injections.message("migration_streaming_wait")
    await cluster.untilIdle()
    expect(await truncated).toEqual({ _tag: "Done" })
    expect(await cluster.data("D")).toEqual([])
  })

  test("M46 no transition begins while it goes on", async () => {
    const cluster = await Cluster.start()
    cluster.inject("C", "truncate_table_wait")
    const truncated = cluster.order("A", truncate)
    await cluster.flush()
    expect(await cluster.migrate(at("A"), at("D"))).toEqual({ _tag: "Failed", why: "the topology is busy" })
    cluster.member("C").injections.message("truncate_table_wait")
    expect(await truncated).toEqual({ _tag: "Done" })
  })

  test("Q4 L5 a coordinator that is gone in the middle leaves nothing open, and what it had begun lands nowhere", async () => {
    const cluster = await Cluster.start()
    await cluster.write("B", put("k", 1))
    cluster.inject("C", "truncate_table_wait")
    const truncated = cluster.order("A", truncate)
    await cluster.flush()
    cluster.group0.elect(at("B").node)
    expect(await truncated).toMatchObject({ _tag: "Failed" })
    await cluster.flush()
    expect(cluster.metadata.session).toBeNull()
    cluster.member("C").injections.message("truncate_table_wait")
    await cluster.until(() => cluster.of("Forgotten").length === 8)
    expect(await cluster.data("C")).toEqual(["k=k1"])
  })

  test("I a coordinator that fails after it cleared the session still has it drained", async () => {
    const cluster = await Cluster.start()
    cluster.inject("A", "truncate_crash_after_session_clear")
    expect(await cluster.order("A", truncate)).toMatchObject({ _tag: "Failed" })
    await cluster.until(() => cluster.of("Forgotten").length === 8)
    expect(cluster.metadata.session).toBeNull()
  })
})

describe("sessions: node: restore", () => {
  const backup = () => [put("k", 1), put("l", 1)]

  test("Q3 M72 brings the backup's rows to every replica, and ends behind a barrier", async () => {
    const cluster = await Cluster.start({ backup })
    await cluster.write("B", put("k", 2))
    await cluster.order("B", { _tag: "Restore", tablet: t1 })
    await cluster.untilIdle()
    expect(cluster.stages()).toEqual(["-", "restore", "end_restore", "-"])
    for (const node of ["A", "B", "C"]) expect(await cluster.data(node)).toEqual(["k=k2", "l=l1"])
    expect(cluster.of("Forgotten").length).toBe(8)
  })

  test("ends all the same when it fails", async () => {
    const cluster = await Cluster.start({ backup })
    cluster.fate = ({ tag, to }) => (tag === "Trigger" && to === "C" ? "lose" : "deliver")
    await cluster.order("B", { _tag: "Restore", tablet: t1 })
    await cluster.untilIdle()
    expect(cluster.stages()).toEqual(["-", "restore", "end_restore", "-"])
  })
})
