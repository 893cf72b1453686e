import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { maxFrameBytes } from "../../../impl/runtime/wire/frames.ts"
import { header, honest, stranger } from "../../../impl/runtime/wire/stranger.test-support.ts"
import { type NodeId, ShardId } from "../../../spec/metadata.ts"
import { Token, ViewId } from "../../../spec/view-building/ids.ts"
import { type Cluster, startProcesses } from "../../adapters/view-building-processes.ts"
import { limitMs, within } from "../waiting.ts"
import { Clients } from "./clients.ts"
import { Ground } from "./ground.ts"
import { baseOf, nodes } from "./plan.ts"

const [nodeA, nodeB] = [nodes[0]!, nodes[1]!]
const base = baseOf(0)
const view = ViewId.make("v0-0")
const paused = "view_building_worker_pause_build_range_task"
const at = (node: NodeId) => ({ node, shard: ShardId.make(0) })

let cluster: Cluster
let ground: Ground
let term = 0

/** What a node answers to a request of somebody who speaks as another node. */
const ask = async (node: NodeId, request: unknown): Promise<unknown> => {
  const hello = honest({ _tag: "Hello", from: nodeB, to: node })
  const asked = honest({ _tag: "Asked", id: 1, request })
  const { bodies } = await stranger(cluster.address(node)!, [hello, asked], 1)
  return bodies[0]
}

const failed = (why: string) => ({ _tag: "Answered", id: 1, answer: { _tag: "Failed", why } })
const refused = (reason: string) => ({
  _tag: "Answered",
  id: 1,
  answer: { _tag: "Worked", answer: { _tag: "Refused", reason } }
})
const rejected = { _tag: "Rejected", why: expect.any(String) }

/** What group 0 answers to a frame of somebody who speaks as a member. */
const tell = async (frame: unknown): Promise<unknown> => {
  const { leader } = await ground.status()
  // Whoever takes over a leader's connection has another elected, who commits at once.
  const member = nodes.find((node) => node !== leader)
  const { bodies } = await stranger(cluster.group0Address!, [honest({ _tag: "Hello", member }), honest(frame)], 3)
  return bodies.find((body) => !JSON.stringify(body).includes('"Leads"') && !JSON.stringify(body).includes('"Entry"'))
}

/** What no bad input may change: what group 0 says, what nodes have, and what they work on. */
const effects = async (): Promise<unknown> => {
  const kinds = ["BatchBegan", "TabletCleaned", "Truncated", "ArrivalBegan", "Committed"]
  const told = cluster.journals().filter(({ label }) => kinds.includes(label._tag)).length
  const dumps = await Promise.all(nodes.map((node) => ground.dump(node, base, view)))
  return {
    told,
    dumps: dumps.map(({ rows, viewRows, built }) => ({ rows, viewRows, built })),
    head: await ground.head()
  }
}

/** A cluster with a base of one tablet and two replicas, whose view is being built and is not done. */
describe("view building: soak: bad input to running processes is refused, and nothing is lost", () => {
  beforeAll(async () => {
    const directory = mkdtempSync(join(tmpdir(), "portcullis-bad-input-"))
    cluster = await startProcesses({ directory, nodes, shards: 2, fence: "on" })
    ground = new Ground(cluster, nodes, directory)
    await ground.elect(nodeA)
    const tablets = [{ lastToken: Token.make(16), replicas: [at(nodeA), at(nodeB)], transition: null }]
    await ground.insist(nodeA, { _tag: "CreateTable", base, tablets })
    await ground.untilCaughtUp(base)
    await new Clients(ground, base).run([{ what: "write", key: "k5", via: nodeB, restMs: 0 }])
    await ground.inject("enable", paused)
    await ground.insist(nodeA, { _tag: "CreateView", base, view })
    const isThere = async (): Promise<boolean> => [...(await ground.reached(paused)).values()].join() === "1,1,0"
    expect(await within(limitMs, isThere)).toBe(true)
    term = (await ground.status()).term
  }, 2 * limitMs)

  afterAll(async () => {
    await ground.heal()
    await ground.untilBuilt(base)
    await ground.end()
  }, 2 * limitMs)

  const row = { key: "bad", timestamp: 9, value: "x", token: 5 }
  const range = { base, after: null, lastToken: 16 }

  it("S3w S4 calls of another term, for tasks that there are not, or for another's: refused with the reason", async () => {
    const before = await effects()
    const call = { _tag: "WorkOnTasks", call: 1, term, shard: 1, tasks: [1] }
    for (const wrong of [term + 1, term - 1])
      expect(await ask(nodeA, { ...call, term: wrong })).toEqual(refused("StaleTerm"))
    expect(await ask(nodeA, call)).toEqual(refused("TaskNotFound"))
    expect(await ask(nodeA, { ...call, tasks: [999] })).toEqual(refused("TaskNotFound"))
    expect(await ask(nodeA, { ...call, shard: 0, tasks: [999] })).toEqual(refused("Busy"))
    expect(await ask(nodeA, { ...call, shard: 7 })).toEqual(failed("there is no shard 7"))
    for (const tasks of [[-1], ["1"], null, undefined])
      expect(await ask(nodeA, { ...call, tasks })).toEqual(failed("malformed"))
    expect(await effects()).toEqual(before)
  })

  it("S14 D1 rows, streams and cleanups of tables, views, shards and tablets that there are not: refused", async () => {
    const before = await effects()
    const write = { _tag: "WriteBase", base, shard: 0, row }
    expect(await ask(nodeA, { ...write, base: "t9" })).toEqual(failed("there is no table t9"))
    expect(await ask(nodeA, { ...write, shard: 2 })).toEqual(failed("there is no shard 2"))
    expect(await ask(nodeA, { ...write, row: { key: "bad" } })).toEqual(failed("malformed"))
    expect(await ask(nodeA, { _tag: "WriteView", view: "v9", rows: [row] })).toEqual(failed("there is no view v9"))
    const cleaned = { _tag: "CleanTablet", ...range, shard: 0 }
    expect(await ask(nodeA, cleaned)).toEqual(failed("the tablet is not cleaned up here"))
    expect(await ask(nodeA, { ...cleaned, lastToken: 4 })).toEqual(failed("the tablet is not cleaned up here"))
    const streamed = { _tag: "StreamTablet", ...range, from: at(nodeA), to: at(nodes[2]!) }
    expect(await ask(nodes[2]!, streamed)).toEqual(failed("the tablet is not streamed any more"))
    expect(await ask(nodeA, { _tag: "FetchTablet", ...range, base: "t9", shard: 0 })).toEqual(
      failed("there is no table t9")
    )
    expect(await effects()).toEqual(before)
  })

  it("D3 a truncation that nobody has closed the base for: refused", async () => {
    const before = await effects()
    const truncated = { _tag: "TruncateBase", base, views: [view], truncation: "bad" }
    expect(await ask(nodeA, truncated)).toEqual(failed(`${base} is not closed for truncation bad`))
    expect(await ask(nodeA, { _tag: "Drop", base })).toEqual(failed("malformed"))
    expect(await effects()).toEqual(before)
  })

  it("S3 commands for group 0 that are malformed, or computed from a state that is not the last: without effect", async () => {
    const { at: head, metadata } = await ground.status()
    const by = { by: { _tag: "Coordinator", term }, change: { _tag: "Fence" } }
    const commit = { _tag: "Commit", id: 1, expected: head, by, metadata }
    const before = await effects()
    const broken = [
      { ...commit, id: 0 },
      { ...commit, expected: -1 },
      { ...commit, by: { by: { _tag: "Coordinator" }, change: { _tag: "Fence" } } },
      { ...commit, by: { ...by, change: { _tag: "Unfence" } } },
      { ...commit, by: { ...by, change: { _tag: "CollectTasks", tasks: ["1"] } } },
      { ...commit, metadata: { ...metadata, lastTask: -1 } },
      { ...commit, metadata: { ...metadata, state: { ...metadata.state, tasks: [{ id: 1 }] } } },
      { ...commit, metadata: undefined },
      { _tag: "Apply", id: 1 },
      null
    ]
    for (const frame of broken) expect(await tell(frame), JSON.stringify(frame)).toEqual(rejected)
    for (const expected of [head - 1, head + 1])
      expect(await tell({ ...commit, expected })).toMatchObject({ answer: { _tag: "ConcurrentModification", head } })
    expect(await effects()).toEqual(before)
  })

  it("a frame that claims to be longer than any may be: refused by its header, by every process", async () => {
    const before = await effects()
    for (const address of [cluster.group0Address!, ...nodes.map((node) => cluster.address(node)!)])
      for (const length of [maxFrameBytes + 1, 2 ** 32 - 1])
        expect((await stranger(address, [header(length)])).bodies).toEqual([rejected])
    expect(await effects()).toEqual(before)
  })
})
