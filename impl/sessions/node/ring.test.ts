import { describe, expect, test } from "vitest"
import { NodeId, type TopologyStage } from "../../../spec/sessions/metadata.ts"
import type { NodeCommand } from "../control.ts"
import type { InjectionName } from "../injections-default.ts"
import { range } from "../ring.ts"
import { at, Cluster, put } from "./cluster.test-support.ts"
import { complaints } from "./verdict.test-support.ts"

const done = { _tag: "Done" }
const failed = { _tag: "Failed" }
const names = (...nodes: ReadonlyArray<string>) => nodes.map((node) => NodeId.make(node))

/** A, B and C are members, D is none yet; the ring is A's and B's, and has one row. */
const withRing = async (owners: ReadonlyArray<string> = ["A", "B"]): Promise<Cluster> => {
  const cluster = await Cluster.start({ tablets: [], owners, members: ["A", "B", "C"] })
  expect(await cluster.write("C", put("k", 1), "ALL", range)).toMatchObject({ ok: true })
  return cluster
}

const join = (byRepair = false): NodeCommand => ({
  _tag: "Join",
  node: NodeId.make("D"),
  owners: names("A", "B", "D"),
  byRepair
})
const leave = (byRepair = false): NodeCommand => ({
  _tag: "Leave",
  node: NodeId.make("A"),
  owners: names("B", "C"),
  byRepair
})

const ring = (cluster: Cluster, node: string) => cluster.data(node, 0, range)

/** All is as somebody asked for it, or as it was before, and nothing of a request is left anywhere. */
const settledTo = async (cluster: Cluster, owners: string, members: string): Promise<void> => {
  await cluster.until(() => cluster.topology.dirty.length === 0)
  await cluster.flush()
  expect(cluster.topology.owners.join("")).toBe(owners)
  expect(cluster.metadata.nodes.join("")).toBe(members)
  expect(cluster.metadata.session).toBeNull()
  for (const node of ["A", "B", "C", "D"])
    if (!cluster.metadata.ignored.some((dead) => dead === node))
      expect([node, await ring(cluster, node)]).toEqual([node, owners.includes(node) ? ["k=k1"] : []])
  expect(complaints(cluster.labels)).toEqual([])
}

const forward: ReadonlyArray<TopologyStage> = ["write_both_read_old", "write_both_read_new"]

describe("sessions: node: ring", () => {
  test.each([false, true])("a node joins, its data moved by repair: %s", async (byRepair) => {
    const cluster = await withRing()
    expect(await cluster.ended(cluster.order("C", join(byRepair)))).toEqual(done)
    expect(cluster.topologyStages()).toEqual(["-", ...forward, "-"])
    await settledTo(cluster, "ABD", "ABCD")
    const sessions = new Set(cluster.of("WorkSent").map(({ session }) => session))
    expect(sessions.size).toBe(1)
    expect(cluster.of("Entered").every(({ session }) => sessions.has(session))).toBe(true)
  })

  test.each([false, true])("M50 Q4 a node leaves under the session, its data moved by repair: %s", async (byRepair) => {
    const cluster = await withRing()
    expect(await cluster.ended(cluster.order("B", leave(byRepair)))).toEqual(done)
    expect(cluster.topology.owners).toEqual(["B", "C"])
    await cluster.until(() => cluster.of("Cleaned").length === 1)
    await settledTo(cluster, "BC", "BC")
  })

  test.each([false, true])("a dead node is removed, its data moved by repair: %s", async (byRepair) => {
    const cluster = await withRing()
    const remove: NodeCommand = { _tag: "Remove", node: NodeId.make("A"), owners: names("B", "C"), byRepair }
    expect(await cluster.order("B", remove)).toEqual({ ...failed, why: "A is not declared dead" })
    cluster.group0.elect(at("B").node)
    await cluster.crash("A")
    await cluster.order("B", { _tag: "Exclude", node: at("A").node })
    expect(await cluster.ended(cluster.order("B", remove))).toEqual(done)
    await settledTo(cluster, "BC", "BC")
  })

  test.each([false, true])("an owner that has lost its data is rebuilt, by repair: %s", async (byRepair) => {
    const cluster = await withRing()
    await cluster.crash("A")
    await cluster.member("A").disk.open().drop(at("A").shard, range)
    await cluster.boot("A")
    cluster.group0.elect(at("A").node)
    const rebuild: NodeCommand = { _tag: "RebuildNode", node: NodeId.make("A"), byRepair }
    expect(await cluster.ended(cluster.order("B", rebuild))).toEqual(done)
    expect(cluster.topologyStages()).toEqual(["-", "rebuilding", "rebuilt", "-"])
    await settledTo(cluster, "AB", "ABC")
  })

  test("D1 a write goes to old and new owners while a node joins, and is read from the new ones when it has the data", async () => {
    const cluster = await withRing()
    cluster.inject("D", "stream_consumer_wait")
    const joined = cluster.order("C", join())
    await cluster.until(() => cluster.member("D").injections.reached("stream_consumer_wait") === 1)
    expect(await cluster.write("C", put("l", 2), "QUORUM", range)).toMatchObject({ ok: true })
    expect(cluster.of("RequestBegan").at(-1)?.targets).toEqual(["A", "B", "D"])
    cluster.member("D").injections.message("stream_consumer_wait")
    expect(await cluster.ended(joined)).toEqual(done)
    expect(await ring(cluster, "D")).toEqual(["k=k1", "l=l2"])
    expect(complaints(cluster.labels)).toEqual([])
  })

  test.each<[string, NodeCommand, string]>([
    ["of a member", { ...join(), node: NodeId.make("C") } as NodeCommand, "C is a member already"],
    ["into nothing", { ...join(), owners: names("A", "B") } as NodeCommand, "D is to own nothing"],
    ["with a stranger", { ...join(), owners: names("D", "E") } as NodeCommand, "there is no node E"],
    ["of two at once", { ...join(), owners: names("C", "D") } as NodeCommand, "at most one owner can come at a time"],
    ["twice the same", { ...join(), owners: names("D", "D") } as NodeCommand, "owners must be named, each once"],
    ["away, and to own", { ...leave(), owners: names("A") } as NodeCommand, "A is to go, and to own the range"],
    ["of nobody", { ...leave(), node: NodeId.make("D") } as NodeCommand, "there is no node D"],
    ["of who owns nothing", { _tag: "RebuildNode", node: NodeId.make("C"), byRepair: false }, "C owns nothing"]
  ])("a change %s is refused", async (_, order, why) => {
    const cluster = await withRing()
    expect(await cluster.order("C", order)).toEqual({ ...failed, why })
  })

  test("only one change is asked for at a time", async () => {
    const cluster = await withRing()
    cluster.inject("D", "stream_consumer_wait")
    const joined = cluster.order("C", join())
    await cluster.flush()
    expect(await cluster.order("C", leave())).toEqual({ ...failed, why: "the ring is being changed" })
    cluster.member("D").injections.message("stream_consumer_wait")
    expect(await cluster.ended(joined)).toEqual(done)
  })

  test("a truncation of the ring's range empties its owners, and a snapshot keeps what they had", async () => {
    const cluster = await withRing()
    expect(await cluster.order("C", { _tag: "Snapshot", tablet: range })).toEqual(done)
    expect(await cluster.order("C", { _tag: "Truncate", tablet: range })).toEqual(done)
    for (const node of ["A", "B"]) expect(await ring(cluster, node)).toEqual([])
    expect(cluster.of("Snapshotted").map(({ node }) => node)).toEqual(["A", "B"])
    expect(complaints(cluster.labels)).toEqual([])
  })
})

describe("sessions: node: ring: failover", () => {
  test.each(forward)("L6 in %s of a join: the next coordinator goes on", async (stage) => {
    const cluster = await withRing()
    cluster.whenIn(stage, () => void cluster.group0.elect(at("B").node), range)
    expect(await cluster.ended(cluster.order("C", join()))).toEqual(done)
    await settledTo(cluster, "ABD", "ABCD")
  })

  test.each(forward)("L6 in %s of a leave: also when the leaving node coordinated", async (stage) => {
    const cluster = await withRing()
    cluster.whenIn(stage, () => void cluster.group0.elect(at("C").node), range)
    expect(await cluster.ended(cluster.order("C", leave()))).toEqual(done)
    await settledTo(cluster, "BC", "BC")
  })

  test("L6 while rows come in: the next coordinator joins the stream that runs", async () => {
    const cluster = await withRing()
    cluster.inject("D", "stream_consumer_wait")
    const joined = cluster.order("C", join())
    await cluster.until(() => cluster.member("D").injections.reached("stream_consumer_wait") === 1)
    cluster.group0.elect(at("B").node)
    await cluster.flush()
    cluster.member("D").injections.message("stream_consumer_wait")
    expect(await cluster.ended(joined)).toEqual(done)
    expect(cluster.of("WorkSent").length).toBe(2)
    await settledTo(cluster, "ABD", "ABCD")
  })

  test("L6 in rollback_to_normal: the next coordinator ends it", async () => {
    const cluster = await withRing()
    cluster.inject("D", "critical_disk_utilization", false)
    cluster.whenIn("rollback_to_normal", () => void cluster.group0.elect(at("B").node), range)
    expect(await cluster.ended(cluster.order("C", join()))).toMatchObject(failed)
    await settledTo(cluster, "AB", "ABC")
  })
})

describe("sessions: node: ring: rollback", () => {
  test("Q4 a join that fails clears its session on the way back, and what it left behind lands nowhere", async () => {
    const cluster = await withRing()
    cluster.inject("D", "stream_mutation_fragments")
    const joined = cluster.order("C", join())
    await cluster.until(() => cluster.member("D").injections.reached("stream_mutation_fragments") === 1)
    cluster.network.kill(at("A").node, at("D").node)
    expect(await cluster.ended(joined)).toMatchObject(failed)
    expect(cluster.topologyStages()).toEqual(["-", "write_both_read_old", "rollback_to_normal", "-"])
    expect(
      cluster.of("Committed").find(({ metadata }) => metadata.topology?.current?.failed)?.metadata.session
    ).toBeNull()
    cluster.member("D").injections.message("stream_mutation_fragments")
    await cluster.flush()
    expect(cluster.turnedAway("D")).toEqual(["SessionNotFound"])
    await settledTo(cluster, "AB", "ABC")
  })

  test("D3t a leave that fails leaves the receiver dirty, and it cleans up before the next change", async () => {
    const cluster = await withRing()
    cluster.inject("C", "ring_cleanup_wait")
    cluster.fate = ({ tag, what }) => (tag === "StreamRows" && what === "answer" ? "lose" : "deliver")
    expect(await cluster.ended(cluster.order("B", leave()))).toMatchObject(failed)
    cluster.fate = undefined
    expect(cluster.topology.dirty).toEqual(["C"])
    expect(await ring(cluster, "C")).toEqual(["k=k1"])
    const again = cluster.order("B", leave())
    await cluster.flush()
    expect(cluster.topology.current).toBeNull()
    cluster.member("C").injections.message("ring_cleanup_wait")
    expect(await cluster.ended(again)).toEqual(done)
    await settledTo(cluster, "BC", "BC")
  })

  /** A leave that has failed, with C dirty: no barrier has drained C, which said that it cannot. */
  const failedLeave = async (stopped: InjectionName): Promise<Cluster> => {
    const cluster = await withRing()
    cluster.inject("C", "stream_consumer_wait")
    cluster.inject("C", "replica_write_wait")
    void cluster.order("B", leave())
    await cluster.until(() => cluster.member("C").injections.reached("stream_consumer_wait") === 1)
    void cluster.write("B", put("l", 2), "QUORUM", range)
    await cluster.until(() => cluster.member("C").injections.reached("replica_write_wait") === 1)
    cluster.inject("C", "raft_topology_barrier_and_drain_fail_before", false)
    const other = stopped === "stream_consumer_wait" ? "replica_write_wait" : "stream_consumer_wait"
    for (const node of ["A", "B"]) cluster.network.kill(at(node).node, at("C").node)
    await cluster.until(() => cluster.topology.dirty.length === 1)
    cluster.member("C").injections.message(other)
    await cluster.flush()
    return cluster
  }

  test.each<[string, InjectionName]>([
    ["work that is inside a closing session", "stream_consumer_wait"],
    ["a write that was fenced", "replica_write_wait"]
  ])("M44 D3t a cleanup waits for %s, of which no barrier has heard", async (_, stopped) => {
    const cluster = await failedLeave(stopped)
    expect(cluster.of("Cleaned")).toEqual([])
    cluster.member("C").injections.message(stopped)
    await cluster.until(() => cluster.topology.dirty.length === 0)
    expect(await ring(cluster, "C")).toEqual([])
    expect(complaints(cluster.labels)).toEqual([])
  })

  test("D2t a node that failed to join and joins later brings nothing old with it", async () => {
    const cluster = await withRing()
    cluster.fate = ({ tag, what }) => (tag === "Fetch" && what === "answer" ? "lose" : "deliver")
    expect(await cluster.ended(cluster.order("C", join()))).toMatchObject(failed)
    cluster.fate = undefined
    await cluster.until(() => cluster.of("Cleaned").length === 1)
    await cluster.write("C", put("k", 5, null), "ALL", range)
    for (const node of ["A", "B"]) await cluster.order(node, { _tag: "Purge", tablet: range, before: 9 })
    expect(await cluster.ended(cluster.order("C", join()))).toEqual(done)
    for (const node of ["A", "B", "D"]) expect(await ring(cluster, node)).toEqual([])
    expect(complaints(cluster.labels)).toEqual([])
  })

  test("M78 F7 a disk that is full fails a join", async () => {
    const cluster = await withRing()
    cluster.inject("D", "critical_disk_utilization", false)
    expect(await cluster.ended(cluster.order("C", join()))).toMatchObject(failed)
    await settledTo(cluster, "AB", "ABC")
    cluster.member("D").injections.disable("critical_disk_utilization")
    expect(await cluster.ended(cluster.order("C", join()))).toEqual(done)
    await settledTo(cluster, "ABD", "ABCD")
  })

  test("a node that does not answer is fenced out of the first barrier, and waited for by the last", async () => {
    const cluster = await withRing()
    cluster.inject("B", "raft_topology_barrier_and_drain_fail", false)
    const joined = cluster.order("C", join())
    await cluster.until(() => cluster.topology.current?.stage === "write_both_read_new")
    await cluster.until(() => cluster.clock.now() > 5000)
    expect(cluster.topology.current?.stage).toBe("write_both_read_new")
    cluster.member("B").injections.disable("raft_topology_barrier_and_drain_fail")
    expect(await cluster.ended(joined)).toEqual(done)
    expect(cluster.of("BarrierBegan").filter(({ command }) => command === "barrier").length).toBe(1)
    await settledTo(cluster, "ABD", "ABCD")
  })
})
