// Goal: a cluster of the twin obeys every law, whatever happens to it while it builds. Method: three nodes of two shards in one
// process, stopped at named places; the laws judge what they tell.
import { describe, expect, test } from "vitest"
import { at, Cluster, put, t, tablet, token, u, v, w } from "../../../impl/view-building/node/local-cluster.ts"
import { leaseMs } from "../../../impl/view-building/node/truncations.ts"
import { SstableId } from "../../../spec/view-building/ids.ts"
import { judged } from "./judged.test-support.ts"

const paused = "view_building_worker_pause_build_range_task"

/** Nothing is left to do, nobody has done wrong, and no view lacks a row or has one too many. */
const expectWell = async (cluster: Cluster, base = t): Promise<void> => {
  await cluster.settle()
  expect(cluster.defects).toEqual([])
  expect(judged(cluster.labels)).toEqual([])
  const { nodes, tables } = cluster.state
  const rows = [...new Set(nodes.flatMap((node) => cluster.base(node, base)))].sort()
  for (const view of tables.find((table) => table.base === base)?.views ?? [])
    for (const node of nodes) {
      expect(cluster.view(node, view)).toEqual(rows)
      expect(cluster.member(node).store.builtViews).toContain(view)
    }
}

/** A cluster that has begun to build v everywhere, and waits with every batch. */
const building = async (): Promise<Cluster> => {
  const cluster = await Cluster.withTable()
  cluster.everywhere(paused, "enable")
  await cluster.soon(cluster.on("B").operator.createView(t, v))
  expect(cluster.of("BatchBegan").length).toBe(4)
  return cluster
}

const goesOn = (cluster: Cluster): void => cluster.everywhere(paused, "disable")

describe("view building: cluster: builds", () => {
  test("a view of a base that has rows", async () => {
    const cluster = await Cluster.withTable()
    await cluster.soon(cluster.on("B").operator.createView(t, v))
    await expectWell(cluster)
    expect(cluster.view("C", v)).toEqual(["a=a1", "b=b1", "c=c1", "d=d1"])
  })

  test("two views, of which one comes later", async () => {
    const cluster = await building()
    await cluster.soon(cluster.on("C").operator.createView(t, w))
    await cluster.write("B", put("a", 1, 2, null))
    await cluster.write("C", put("e", 5))
    goesOn(cluster)
    await expectWell(cluster)
  })

  test("a view beside one that is dropped, and a view of another base after that", async () => {
    const cluster = await building()
    await cluster.soon(cluster.on("A").operator.createTable(u, [tablet(9, "C.1")]))
    await cluster.soon(cluster.on("A").operator.createView(u, w))
    await cluster.soon(cluster.on("C").operator.dropView(v))
    goesOn(cluster)
    await expectWell(cluster, u)
    expect(cluster.of("BatchEnded").filter(({ how }) => how === "aborted").length).toBe(4)
  })
})

describe("view building: cluster: faults", () => {
  test("another coordinator takes over while batches run, and waits for the same ones", async () => {
    const cluster = await building()
    await cluster.elect("B")
    expect(cluster.of("CallAttached").length).toBe(8)
    goesOn(cluster)
    await expectWell(cluster)
    expect(cluster.of("BatchBegan").length).toBe(4)
  })

  test("the leader falls while batches run, and comes back as a follower", async () => {
    const cluster = await building()
    await cluster.crash("A")
    await cluster.elect("C")
    goesOn(cluster)
    await cluster.pass(3000)
    cluster.revive("A")
    await expectWell(cluster)
  })

  test("a worker falls while it builds, and does again what was lost", async () => {
    const cluster = await building()
    await cluster.restart("B")
    goesOn(cluster)
    await expectWell(cluster)
  })

  test("a host is down, and known to be, until it comes back", async () => {
    const cluster = await building()
    await cluster.crash("C")
    cluster.mark("C", false)
    goesOn(cluster)
    await cluster.pass(5000)
    expect(cluster.isBuilt(v)).toBe(false)
    cluster.revive("C")
    cluster.mark("C", true)
    await expectWell(cluster)
  })
})

describe("view building: cluster: tablets", () => {
  test("a tablet moves while it is built from, and its work with it", async () => {
    const cluster = await building()
    await cluster.soon(cluster.on("A").operator.move(t, token(4), [at("C.1"), at("B.0")]))
    goesOn(cluster)
    await cluster.until(() => cluster.stage(4) === null)
    await expectWell(cluster)
    expect(cluster.base("A")).toEqual([])
  })

  test("a move is taken back while a batch runs, and the work is done where it was", async () => {
    const cluster = await building()
    cluster.inject("C", "stream_tablet_fail")
    cluster.inject("A", "stream_tablet_move_to_cleanup")
    await cluster.soon(cluster.on("A").operator.move(t, token(4), [at("C.1"), at("B.0")]))
    goesOn(cluster)
    await cluster.until(() => cluster.stage(4) === null)
    await expectWell(cluster)
    expect(cluster.base("A")).toEqual(["a=a1", "b=b1"])
  })

  test("a replica more, and one less", async () => {
    const cluster = await building()
    await cluster.soon(cluster.on("A").operator.move(t, token(4), [at("A.0"), at("B.0"), at("C.1")], "rebuild"))
    await cluster.soon(cluster.on("A").operator.move(t, token(9), [at("C.0")], "rebuild"))
    goesOn(cluster)
    await cluster.until(() => cluster.stage(4) === null && cluster.stage(9) === null)
    await expectWell(cluster)
  })

  test("a replica more is repaired before it is streamed to, and not at all where that fails", async () => {
    const cluster = await building()
    cluster.inject("A", "rebuild_repair_stage_fail")
    const three = [at("A.0"), at("B.0"), at("C.1")]
    await cluster.soon(cluster.on("A").operator.move(t, token(4), three, "rebuild_v2"))
    goesOn(cluster)
    await cluster.until(() => cluster.stage(4) === null)
    expect(cluster.base("C")).toEqual(["c=c1", "d=d1"])
    cluster.member("A").injections.disable("rebuild_repair_stage_fail")
    await cluster.soon(cluster.on("A").operator.move(t, token(4), three, "rebuild_v2"))
    await cluster.until(() => cluster.stage(4) === null)
    await expectWell(cluster)
    expect(cluster.base("C")).toEqual(["a=a1", "b=b1", "c=c1", "d=d1"])
  })

  test("one tablet waits to be built from, and the others do not", async () => {
    const cluster = await Cluster.withTable()
    for (const node of ["A", "B", "C"]) cluster.member(node).injections.enable(paused, { only: { token: 9 } })
    await cluster.soon(cluster.on("B").operator.createView(t, v))
    await cluster.pass(1000)
    expect(cluster.state.tasks.map(({ lastToken }) => lastToken)).toEqual([9, 9])
    goesOn(cluster)
    await expectWell(cluster)
  })

  test("a split, and a merge", async () => {
    const cluster = await building()
    await cluster.soon(cluster.on("A").operator.resize(t, "split"))
    expect(cluster.state.tables[0]?.tablets.map(({ lastToken }) => lastToken)).toEqual([2, 4, 6, 9])
    goesOn(cluster)
    await cluster.pass(100)
    await cluster.soon(cluster.on("C").operator.resize(t, "merge"))
    expect(cluster.state.tables[0]?.tablets.map(({ lastToken }) => lastToken)).toEqual([4, 9])
    await expectWell(cluster)
  })
})

describe("view building: cluster: staging", () => {
  test("rows that come from elsewhere while a view is built reach it, and it is not built before", async () => {
    const cluster = await building()
    await cluster.soon(cluster.on("A").load(t, put("s", 3)))
    await cluster.soon(cluster.on("B").load(t, put("s", 3)))
    goesOn(cluster)
    await expectWell(cluster)
    expect(cluster.of("SstableProcessed").length).toBe(2)
  })

  test("a node that comes back finds them on its disk", async () => {
    const cluster = await building()
    await cluster.soon(cluster.on("B").load(t, put("s", 3)))
    await cluster.restart("B")
    await cluster.soon(cluster.on("A").load(t, put("s", 3)))
    goesOn(cluster)
    await expectWell(cluster)
  })

  test("they move with their tablet", async () => {
    const cluster = await building()
    await cluster.soon(cluster.on("A").load(t, put("s", 3)))
    await cluster.soon(cluster.on("A").operator.move(t, token(4), [at("A.1"), at("B.0")], "intranode_migration"))
    goesOn(cluster)
    await cluster.until(() => cluster.stage(4) === null)
    await expectWell(cluster)
  })

  test("one that is rewritten under another name is processed under that", async () => {
    const cluster = await building()
    await cluster.soon(cluster.on("A").load(t, put("s", 3)))
    const [known] = cluster.of("StagingListed")
    await cluster.soon(cluster.on("A").rewrite(known!.shard, known!.sstable, SstableId.make("s-anew")))
    goesOn(cluster)
    await expectWell(cluster)
  })
})

describe("view building: cluster: truncation", () => {
  test("what a batch has read is written before the base is truncated", async () => {
    const cluster = await building()
    const truncated = cluster.on("B").operator.truncate(t)
    await cluster.flush()
    expect(cluster.of("Truncated")).toEqual([])
    goesOn(cluster)
    await cluster.soon(truncated)
    await cluster.write("A", put("z", 2))
    await expectWell(cluster)
    expect(cluster.view("A", v)).toEqual(["z=z1"])
  })

  test("a base that was closed for a truncation is open again some time after the node has fallen that truncates", async () => {
    const cluster = await building()
    cluster
      .on("B")
      .operator.truncate(t)
      .catch(() => {})
    await cluster.flush()
    await cluster.restart("B")
    goesOn(cluster)
    await cluster.pass(leaseMs - 1000)
    expect(cluster.isBuilt(v)).toBe(false)
    await cluster.pass(1000)
    await expectWell(cluster)
    expect(cluster.of("Truncated")).toEqual([])
    expect(cluster.view("C", v)).toEqual(["a=a1", "b=b1", "c=c1", "d=d1"])
  })
})
