import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { RequestId } from "../../../spec/sessions/messages.ts"
import type { Metadata, NodeId } from "../../../spec/sessions/metadata.ts"
import type { ControlAnswer, ControlCommand } from "../control.ts"
import { metadataAt, newDirectory, nodeA, nodeB, nodeC, row, shard, tablet } from "../example.test-support.ts"
import type { InjectionName } from "../injections-default.ts"
import { complaints } from "../node/verdict.test-support.ts"
import { range } from "../ring.ts"
import { Cluster } from "./cluster.ts"

const nodes: ReadonlyArray<NodeId> = [nodeA, nodeB, nodeC]
/** The tablet is A's and B's, and so is the ring; C is no member yet. */
const first: Metadata = {
  ...metadataAt(1),
  nodes: [nodeA, nodeB],
  tablets: [{ tablet, replicas: [nodeA, nodeB].map((node) => ({ node, shard })), transition: null }],
  topology: { queue: [], current: null, over: [], owners: [nodeA, nodeB], dirty: [] }
}

let cluster: Cluster
const done = { _tag: "Done" }
const eventually = (look: () => Promise<unknown>) => expect.poll(look, { timeout: 60_000, interval: 20 })

let writes = 0
const written = async (name = tablet): Promise<void> => {
  const request = RequestId.make(`w${++writes}`)
  const order: ControlCommand = { _tag: "Write", request, tablet: name, row: row("k", writes, "x"), consistency: "ALL" }
  await eventually(() => cluster.control(nodeB, order)).toMatchObject({ ok: true })
}

const inject = (
  node: NodeId,
  action: "enable-once" | "disable" | "query",
  name: InjectionName
): Promise<ControlAnswer> => cluster.control(node, { _tag: "Inject", action, name })

const topology = async (): Promise<Metadata["topology"]> => {
  const status = await cluster.group0({ _tag: "Status" })
  return status._tag === "Status" ? status.metadata.topology : expect.unreachable(status._tag)
}

const keysAt = async (node: NodeId, name: string): Promise<ReadonlyArray<string>> => {
  const dumped = await cluster.control(node, { _tag: "Dump" })
  if (dumped._tag !== "Dumped") return expect.unreachable(dumped._tag)
  const all = dumped.shards.flatMap(({ tablets }) => tablets)
  return all.flatMap((known) => (known.tablet === name ? known.rows.map(({ key }) => key) : []))
}

const lawful = (): void => {
  const lines = [...cluster.journals()].sort(
    (one, other) => one.clock - other.clock || (one.node < other.node ? -1 : 1) || one.seq - other.seq
  )
  expect(complaints(lines.map(({ label }) => label))).toEqual([])
}

/** Each test finds every process running, nothing in hand, and leaves it so. */
describe("sessions: cluster of processes: topology", () => {
  beforeAll(async () => {
    cluster = await Cluster.start({ directory: newDirectory(), nodes, shards: 2, first })
  }, 120_000)
  afterAll(() => cluster.stop())

  test("S16 a truncation asked for at any node drops the rows of every replica", async () => {
    await written()
    await eventually(() => cluster.control(nodeC, { _tag: "Truncate", tablet })).toEqual(done)
    for (const node of [nodeA, nodeB]) expect(await keysAt(node, tablet)).toEqual([])
    lawful()
  })

  test("L6 a truncation whose coordinator is killed in the middle is ended by the next, under the same session", async () => {
    await written()
    await eventually(() => cluster.group0({ _tag: "Elect", node: nodeA })).toEqual(done)
    await inject(nodeB, "enable-once", "truncate_table_wait")
    const truncated = cluster.control(nodeB, { _tag: "Truncate", tablet })
    await eventually(() => inject(nodeB, "query", "truncate_table_wait")).toEqual({ _tag: "Reached", times: 1 })
    await cluster.kill(nodeA)
    await inject(nodeB, "disable", "truncate_table_wait")
    await cluster.restart(nodeA)
    expect(await truncated).toEqual(done)
    for (const node of [nodeA, nodeB]) expect(await keysAt(node, tablet)).toEqual([])
    const sessions = cluster.journals().flatMap(({ label }) => (label._tag === "Truncated" ? label.session : []))
    expect(new Set(sessions).size).toBe(2)
    lawful()
  })

  test("a snapshot is kept on disk, whoever is killed since", async () => {
    await written()
    await eventually(() => cluster.control(nodeA, { _tag: "Snapshot", tablet })).toEqual(done)
    await cluster.kill(nodeB)
    await cluster.restart(nodeB)
    await eventually(() => cluster.control(nodeB, { _tag: "Dump" })).toMatchObject({
      shards: [{ snapshots: [{ tablet, rows: [{ key: "k" }] }] }, { snapshots: [] }]
    })
    lawful()
  })

  test("L6 a node joins the ring over a failover, and one that leaves has cleaned up", async () => {
    await written(range)
    await inject(nodeC, "enable-once", "stream_consumer_wait")
    const join = { _tag: "Join", node: nodeC, owners: nodes, byRepair: false } as const
    const joined = cluster.control(nodeC, join)
    await eventually(() => inject(nodeC, "query", "stream_consumer_wait")).toEqual({ _tag: "Reached", times: 1 })
    await eventually(() => cluster.group0({ _tag: "Elect", node: nodeB })).toEqual(done)
    await inject(nodeC, "disable", "stream_consumer_wait")
    expect(await joined).toEqual(done)
    expect(await keysAt(nodeC, range)).toEqual(["k"])

    const leave = { _tag: "Leave", node: nodeC, owners: [nodeA, nodeB], byRepair: true } as const
    await eventually(() => cluster.control(nodeA, leave)).toEqual(done)
    await eventually(() => keysAt(nodeC, range)).toEqual([])
    expect(await topology()).toMatchObject({ current: null, queue: [], owners: [nodeA, nodeB], dirty: [] })
    lawful()
  })

  test("what cannot be done is refused with a reason", async () => {
    const leave = { _tag: "Leave", node: nodeA, owners: [nodeB], byRepair: false } as const
    await eventually(() => cluster.control(nodeB, leave)).toEqual({ _tag: "Failed", why: "A has a replica of t" })
  })
})
