import { describe, expect, test } from "vitest"
import { RequestId } from "../../../spec/sessions/messages.ts"
import { Version } from "../../../spec/sessions/metadata.ts"
import { at, Cluster, put, t1, t2, tablet } from "../node/cluster.test-support.ts"

const writeOf = (version: number) => ({
  _tag: "Write" as const,
  request: RequestId.make("late"),
  version: Version.make(version),
  tablet: t1,
  row: put("k", 9)
})

describe("sessions: requests: consistency", () => {
  test("a write is acknowledged by as many replicas as were asked for, and reaches the others all the same", async () => {
    const cluster = await Cluster.start()
    await cluster.crash("C")
    expect(await cluster.write("D", put("k", 1), "QUORUM")).toEqual({ _tag: "RequestEnded", ok: true, rows: [] })
    expect(await cluster.write("D", put("k", 2), "ALL")).toEqual({ _tag: "RequestEnded", ok: false, rows: [] })
    expect(await cluster.data("A")).toEqual(["k=k2"])
    expect(await cluster.read("D", "k", "QUORUM")).toEqual(put("k", 2))
    expect(await cluster.read("D", "k", "ALL")).toBeUndefined()
  })

  test("a read returns the latest of what it finds, and a tombstone hides what is older", async () => {
    const cluster = await Cluster.start()
    await cluster.write("B", put("k", 5, null))
    await cluster.write("B", put("k", 4))
    expect(await cluster.read("C", "k", "ONE")).toEqual(put("k", 5, null))
    expect(await cluster.read("C", "other", "ALL")).toBeNull()
  })

  test("D1 a write during double writes needs one acknowledgement more, for the pending replica", async () => {
    const cluster = await Cluster.start()
    cluster.inject("D", "migration_streaming_wait")
    await cluster.migrate(at("A"), at("D"))
    await cluster.until(() => cluster.stage() === "streaming")
    cluster.fate = ({ to, tag }) => (to === "D" && tag === "Write" ? "lose" : "deliver")
    expect(await cluster.write("B", put("k", 1), "QUORUM")).toMatchObject({ ok: true })
    expect(cluster.of("RequestBegan").at(-1)).toMatchObject({ targets: ["A", "B", "C", "D"] })
    expect(await cluster.write("B", put("k", 2), "ALL")).toMatchObject({ ok: false })
    cluster.fate = ({ to, tag }) => (to !== "A" && to !== "B" && tag === "Write" ? "lose" : "deliver")
    expect(await cluster.write("B", put("k", 3), "QUORUM")).toMatchObject({ ok: false })
  })
})

describe("sessions: requests: the fence", () => {
  test("V4 H a request older than the fence is refused, and one without a token is not", async () => {
    const cluster = await Cluster.start()
    await cluster.migrate(at("A"), at("D"))
    await cluster.untilIdle()
    const fence = cluster.metadata.fence
    const { network } = cluster.member("A")
    expect(await network.ask(at("B").node, writeOf(fence - 1))).toEqual({ _tag: "Refused", reason: "StaleTopology" })
    expect(cluster.of("Served").at(-1)).toMatchObject({ node: "B", fence, reason: "StaleTopology" })
    expect(await network.ask(at("B").node, writeOf(fence))).toEqual({ _tag: "Ok" })
    expect(await network.ask(at("B").node, writeOf(0))).toEqual({ _tag: "Ok" })
  })

  test("V4 M38 a write that became stale while it was made is refused, although it was made", async () => {
    const cluster = await Cluster.start()
    cluster.inject("C", "replica_write_wait")
    const { network } = cluster.member("A")
    const answer = network.ask(at("C").node, writeOf(1))
    await cluster.flush()
    // Only a fence that somebody else moved can overtake a replica that holds its metadata.
    const guard = await cluster.member("B").group0.start()
    const moved = { ...guard.seen.metadata, version: Version.make(2), fence: Version.make(2) }
    await cluster.member("B").group0.commit(guard, { _tag: "Operator" }, moved)
    await cluster.flush()
    cluster.member("C").injections.message("replica_write_wait")
    expect(await answer).toEqual({ _tag: "Refused", reason: "StaleTopology" })
    expect(await cluster.data("C")).toEqual(["k=k9"])
  })

  test("V2 F a barrier waits for a replica that is still serving, and for its coordinator", async () => {
    const cluster = await Cluster.start()
    cluster.inject("C", "replica_write_wait")
    const written = cluster.write("D", put("k", 1), "QUORUM")
    expect(await written).toMatchObject({ ok: true })
    await cluster.migrate(at("A"), at("D"))
    await cluster.flush()
    expect(cluster.stage()).toBe("allow_write_both_read_old")
    const answered = cluster.of("CommandAnswered").slice(-2)
    expect(answered.map(({ node }) => node)).toEqual(["A", "B"])
    cluster.member("C").injections.message("replica_write_wait")
    await cluster.untilIdle()
  })

  test("G M31 requests of the version that a barrier was for are served, though others have raised it meanwhile", async () => {
    const tablets = [tablet(t1, at("A"), at("B"), at("C")), tablet(t2, at("A", 1), at("B"), at("C"))]
    const cluster = await Cluster.start({ tablets })
    cluster.inject("C", "pause_before_barrier_and_drain")
    await cluster.migrate(at("A"), at("D"))
    await cluster.flush()
    const { version } = cluster.metadata
    const barriers = cluster.of("BarrierEnded").length
    await cluster.migrate(at("A", 1), at("D"), t2)
    expect(cluster.metadata.version).toBe(version + 1)
    cluster.member("C").injections.message("pause_before_barrier_and_drain")
    await cluster.untilIdle()
    expect(cluster.of("BarrierEnded")[barriers]).toMatchObject({ ok: true })
    const fenced = cluster.of("Committed").find(({ metadata }) => metadata.fence === version)
    expect(fenced?.metadata.version).toBe(version + 1)
  })

  test("L8 what a node that stops has under way fails at once, and holds nothing", async () => {
    const cluster = await Cluster.start()
    cluster.inject("B", "replica_write_wait")
    const written = cluster.write("D", put("k", 1))
    await cluster.flush()
    await cluster.crash("D")
    expect(await written).toEqual({ _tag: "RequestEnded", ok: false, rows: [] })
  })
})
