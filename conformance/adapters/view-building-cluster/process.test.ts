// Goal: the twin builds a view in processes of its own while they are killed. Method: three nodes and group 0 over loopback; what
// their journals tell, in causal order, is judged by the laws that speak of no time, for a journal tells none.
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { newDirectory } from "../../../impl/runtime/scratch.test-support.ts"
import type { ControlCommand } from "../../../impl/view-building/control.ts"
import { at, put, t, tablet, v } from "../../../impl/view-building/node/local-cluster.ts"
import { Cluster } from "../../../impl/view-building/process/cluster.ts"
import { labelOf } from "../../../impl/view-building/process/journal.ts"
import { NodeId } from "../../../spec/metadata.ts"
import { TaskId } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { buildingLaws } from "../../../spec/view-building/laws.ts"
import { judged } from "./judged.test-support.ts"

const [a, b, c] = ["A", "B", "C"].map((node) => NodeId.make(node)) as [NodeId, NodeId, NodeId]
const nodes = [a, b, c]
const paused = "view_building_worker_pause_build_range_task"
const state = { tasks: [], minTask: null, processing: null, statuses: [], tables: [], nodes, normal: nodes }
const timeless = buildingLaws.filter(({ id }) => !["VB-S12", "VB-S22", "VB-S24"].includes(id))

let cluster: Cluster

const on = (node: NodeId, command: ControlCommand) => cluster.control(node, command)
const eventually = (look: () => Promise<unknown>) => expect.poll(look, { timeout: 30_000, interval: 50 })
const everywhere = async (action: "enable" | "disable"): Promise<void> => {
  for (const node of nodes) await on(node, { _tag: "Inject", action, name: paused })
}
const dump = async (node: NodeId) => {
  const dumped = await on(node, { _tag: "Dump", base: t, view: v })
  return dumped._tag === "Dumped" ? dumped : expect.unreachable(dumped._tag)
}
const labels = (): ReadonlyArray<ViewBuildingLabel> =>
  [...cluster.journals()]
    .sort((one, other) => one.clock - other.clock || (one.node < other.node ? -1 : 1) || one.seq - other.seq)
    .map(({ label }) => labelOf(label))

beforeAll(async () => {
  cluster = await Cluster.start({
    directory: newDirectory(),
    nodes,
    shards: 2,
    first: { state, lastTask: TaskId.make(0) }
  })
  await cluster.group0({ _tag: "Elect", node: a })
}, 60_000)

afterAll(() => cluster.stop(), 60_000)

describe("view building: processes", () => {
  test("a view lacks no row though its worker and its coordinator are killed while it is built", async () => {
    const tablets = [tablet(4, "A.0", "B.0"), tablet(9, "B.1", "C.0")]
    expect(await on(a, { _tag: "CreateTable", base: t, tablets })).toEqual({ _tag: "Done" })
    for (const row of [put("a", 1), put("b", 4), put("c", 6), put("d", 9)])
      expect(await on(b, { _tag: "Write", base: t, row })).toEqual({ _tag: "Done" })
    await everywhere("enable")
    expect(await on(c, { _tag: "CreateView", base: t, view: v })).toEqual({ _tag: "Done" })
    await eventually(async () => labels().filter(({ _tag }) => _tag === "AttemptBegan").length).toBe(4)
    await cluster.kill(b)
    await cluster.restart(b)
    await cluster.kill(a)
    await cluster.restart(a)
    await eventually(() => cluster.group0({ _tag: "Elect", node: c })).toEqual({ _tag: "Done" })
    const move = { base: t, lastToken: tablets[0]!.lastToken, next: [at("C.1"), at("B.0")] }
    await eventually(() => on(b, { _tag: "MoveTablet", ...move, kind: "migration" })).toEqual({ _tag: "Done" })
    await everywhere("disable")
    for (const node of nodes) await eventually(async () => (await dump(node)).built).toEqual([v])
    for (const node of nodes) {
      const { viewRows } = await dump(node)
      expect(viewRows.map(({ value }) => value)).toEqual(["a1", "b1", "c1", "d1"])
    }
    await eventually(async () => (await dump(a)).rows).toEqual([])
    await eventually(async () => judged(labels(), timeless)).toEqual([])
  }, 90_000)
})
