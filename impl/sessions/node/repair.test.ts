import { describe, expect, test } from "vitest"
import { SessionId } from "../../../spec/sessions/ids.ts"
import type { NodeRequest } from "../../../spec/sessions/messages.ts"
import { at, Cluster, put, t1 } from "./cluster.test-support.ts"

/** A cluster whose replicas differ: B has not heard of `b`, nor C of `c`. */
const different = async (): Promise<Cluster> => {
  const cluster = await Cluster.start()
  const losing = (node: string, row: ReturnType<typeof put>) => {
    cluster.fate = ({ to, tag }) => (tag === "Write" && to === node ? "lose" : "deliver")
    return cluster.write("D", row, "QUORUM")
  }
  await losing("B", put("b", 1))
  await losing("C", put("c", 1))
  await losing("A", put("b", 2, null))
  cluster.fate = undefined
  return cluster
}

const repair = { _tag: "Repair", tablet: t1 } as const
const trigger = (session?: string): NodeRequest => ({
  _tag: "Trigger",
  operation: "repair",
  tablet: t1,
  ...(session === undefined ? {} : { session: SessionId.make(session) })
})

describe("sessions: node: repair", () => {
  test("makes all replicas the same, the primary among them", async () => {
    const cluster = await different()
    await cluster.order("C", repair)
    await cluster.untilIdle()
    expect(cluster.stages()).toEqual(["-", "repair", "end_repair", "-"])
    for (const node of ["A", "B", "C"]) expect(await cluster.data(node)).toEqual(["b=null", "c=c1"])
  })

  test("E M13 a follower whose primary forgot it is removed when its session closes, and no barrier hangs", async () => {
    const cluster = await different()
    cluster.inject("A", "repair_row_level_stop_skip_cleanup", false)
    await cluster.order("C", repair)
    await cluster.untilIdle()
    expect(cluster.of("Entered").length).toBe(3)
    expect(cluster.of("Left").length).toBe(3)
    expect(cluster.of("ShardCommitted").at(-1)).toMatchObject({ open: [] })
  })

  test("M12 a follower that is writing when its session closes keeps its guard until it has written", async () => {
    const cluster = await different()
    cluster.inject("C", "stream_consumer_wait")
    await cluster.order("B", repair)
    await cluster.until(() => cluster.member("C").injections.reached("stream_consumer_wait") === 1)
    await cluster.order("B", { _tag: "Abort", tablet: t1 })
    await cluster.until(() => cluster.stage() === "end_repair" || cluster.clock.now() > 5000)
    expect(cluster.of("Left").some(({ node }) => node === "C")).toBe(false)
    cluster.member("C").injections.message("stream_consumer_wait")
    await cluster.untilIdle()
    const atC = cluster.labels.filter((label) => "node" in label && label.node === "C").map(({ _tag }) => _tag)
    expect(atC.indexOf("Landed")).toBeGreaterThan(0)
    expect(atC.indexOf("Left")).toBeGreaterThan(atC.indexOf("Landed"))
  })

  test("a failed repair ends behind a barrier, and its tablet can be repaired again", async () => {
    const cluster = await different()
    cluster.inject("A", "handle_tablet_migration_repair_random_session", false)
    await cluster.order("C", repair)
    await cluster.untilIdle()
    expect(cluster.of("TriggerRefused").at(-1)).toMatchObject({ operation: "repair", reason: "SessionNotFound" })
    expect(await cluster.data("B")).toEqual(["b=null", "c=c1"])
    cluster.member("A").injections.disable("handle_tablet_migration_repair_random_session")
    await cluster.order("C", repair)
    await cluster.untilIdle()
    expect(await cluster.data("A")).toEqual(["b=null", "c=c1"])
  })

  test("M49 Q8 a trigger without a session, or with that of an earlier repair, never works under this one's", async () => {
    const cluster = await Cluster.start()
    cluster.fate = ({ tag, to }) => (tag === "RepairRows" && to === "B" ? "lose" : "deliver")
    cluster.whenIn("repair", () => cluster.inject("B", "raft_topology_barrier_and_drain_fail", false))
    await cluster.order("C", repair)
    await cluster.flush()
    const { network } = cluster.member("C")
    expect(await network.ask(at("A").node, trigger())).toEqual({ _tag: "Refused", reason: "NoSession" })
    expect(await network.ask(at("A").node, trigger("null"))).toEqual({ _tag: "Refused", reason: "NoSession" })
    expect(await network.ask(at("A").node, trigger("old"))).toEqual({ _tag: "Refused", reason: "SessionNotFound" })
    expect(await network.ask(at("B").node, trigger("old"))).toEqual({ _tag: "Refused", reason: "NotThisReplica" })
  })

  test("is given up by the operator: its session goes, and its stage ends by itself", async () => {
    const cluster = await different()
    let held = true
    cluster.fate = ({ tag, to }) => (tag === "RepairRows" && to === "C" && held ? "lose" : "deliver")
    await cluster.order("C", repair)
    expect(await cluster.order("B", { _tag: "Abort", tablet: t1 })).toEqual({ _tag: "Done" })
    held = false
    await cluster.untilIdle()
    expect(await cluster.order("B", { _tag: "Abort", tablet: t1 })).toMatchObject({ _tag: "Failed" })
    expect(cluster.of("Entered").length).toBe(cluster.of("Left").length)
  })

  test("L4 goes on without a replica that is declared dead, the primary not excepted", async () => {
    const cluster = await different()
    cluster.group0.elect(at("B").node)
    await cluster.crash("A")
    await cluster.order("B", { _tag: "Exclude", node: at("A").node })
    await cluster.order("C", repair)
    await cluster.untilIdle()
    expect(await cluster.data("B")).toEqual(["b=null", "c=c1"])
    expect(await cluster.data("C")).toEqual(["b=null", "c=c1"])
  })
})

describe("sessions: node: rebuild", () => {
  test.each(["rebuild", "rebuild_v2"] as const)("%s replaces a lost replica by what the others have", async (kind) => {
    const cluster = await different()
    cluster.group0.elect(at("B").node)
    await cluster.crash("A")
    await cluster.order("B", { _tag: "Exclude", node: at("A").node })
    await cluster.order("B", { _tag: "Rebuild", tablet: t1, lost: at("A"), to: at("D"), kind })
    await cluster.untilIdle()
    expect(cluster.replicas()).toEqual(["B0", "C0", "D0"])
    expect(await cluster.data("D")).toEqual(["b=null", "c=c1"])
    expect(cluster.stages().includes("rebuild_repair")).toBe(kind === "rebuild_v2")
  })

  test("M77 without a new replica still repairs those that stay", async () => {
    const cluster = await different()
    cluster.group0.elect(at("B").node)
    await cluster.crash("A")
    await cluster.order("B", { _tag: "Exclude", node: at("A").node })
    await cluster.order("B", { _tag: "Rebuild", tablet: t1, lost: at("A"), to: null, kind: "rebuild_v2" })
    await cluster.untilIdle()
    expect(cluster.replicas()).toEqual(["B0", "C0"])
    expect(await cluster.data("C")).toEqual(["b=null", "c=c1"])
  })

  test("S11 rolls back with its session cleared when its new replica dies during the repair", async () => {
    const cluster = await different()
    cluster.inject("A", "rebuild_repair_stage_fail", false)
    await cluster.order("B", { _tag: "Rebuild", tablet: t1, lost: at("C"), to: at("D"), kind: "rebuild_v2" })
    await cluster.until(() => cluster.stage() === "rebuild_repair")
    await cluster.crash("D")
    await cluster.order("B", { _tag: "Exclude", node: at("D").node })
    await cluster.untilIdle()
    expect(cluster.replicas()).toEqual(["A0", "B0", "C0"])
    expect(cluster.tablet().transition).toBeNull()
  })
})
