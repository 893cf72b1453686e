import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { maxFrameBytes } from "../../../impl/runtime/wire/frames.ts"
import { header, honest, stranger } from "../../../impl/runtime/wire/stranger.test-support.ts"
import { type Metadata, NodeId, ShardId, TabletId, Version } from "../../../spec/sessions/metadata.ts"
import { type Cluster, type JournalLine, startProcesses } from "../../adapters/sessions-processes.ts"
import { limitMs, within } from "../waiting.ts"
import { Ground } from "./ground.ts"

const [nodeA, nodeB, nodeC] = [NodeId.make("A"), NodeId.make("B"), NodeId.make("C")]
const nodes = [nodeA, nodeB, nodeC]
const tablet = TabletId.make("t")
const at = (node: NodeId) => ({ node, shard: ShardId.make(0) })
const first: Metadata = {
  version: Version.make(1),
  fence: Version.make(1),
  session: null,
  nodes,
  ignored: [],
  tablets: [{ tablet, replicas: [at(nodeA), at(nodeB)], transition: null }]
}

let cluster: Cluster
let ground: Ground
/** The session that is open, and the term in which it was set. */
let session = ""
let term = 0

/** What a node answers to a request of somebody who speaks as another node. */
const ask = async (node: NodeId, request: unknown): Promise<unknown> => {
  const hello = honest({ _tag: "Hello", from: nodeB, to: node })
  const asked = honest({ _tag: "Asked", id: 1, request })
  const { bodies } = await stranger(cluster.address(node)!, [hello, asked], 1)
  return bodies[0]
}

const refused = (reason: string) => ({ _tag: "Answered", id: 1, answer: { _tag: "Refused", reason } })
const rejected = { _tag: "Rejected", why: expect.any(String) }

/** What group 0 answers to a frame of somebody who speaks as a member. */
const tell = async (frame: unknown): Promise<unknown> => {
  const status = await cluster.group0({ _tag: "Status" })
  // Whoever takes over a leader's connection has another elected, who commits at once.
  const member = nodes.find((node) => status._tag === "Status" && node !== status.leader)
  const { bodies } = await stranger(cluster.group0Address!, [honest({ _tag: "Hello", member }), honest(frame)], 3)
  return bodies.find((body) => !JSON.stringify(body).includes('"Leads"') && !JSON.stringify(body).includes('"Entry"'))
}

const labels = (): ReadonlyArray<JournalLine["label"]> => cluster.journals().map(({ label }) => label)

/** Whoever was let in, whatever came of it, and how far group 0 is: what no bad input may change. */
const effects = async (): Promise<unknown> => {
  const kinds = ["Entered", "Landed", "Truncated", "Purged", "Cleaned", "Committed", "CommandAccepted"]
  const told = labels().filter(({ _tag }) => kinds.includes(_tag))
  const dumps = [...(await ground.dumps()).values()].map(({ shards }) => shards)
  return { told: told.length, dumps, head: await ground.head() }
}

/** A cluster with a tablet whose migration waits in streaming, so that one session is open everywhere. */
describe("sessions: soak: bad input to running processes is refused, and nobody is admitted", () => {
  beforeAll(async () => {
    const directory = mkdtempSync(join(tmpdir(), "portcullis-bad-input-"))
    cluster = await startProcesses({ directory, first, shards: 2, fence: "on" })
    ground = new Ground(cluster, nodes, directory)
    await ground.inject("enable", "migration_streaming_wait")
    await ground.order(tablet, { _tag: "MigrateTablet", tablet, from: at(nodeA), to: at(nodeC) })
    const isThere = async (): Promise<boolean> => (await ground.reached("migration_streaming_wait")).get(nodeC) === 1
    expect(await within(limitMs, isThere)).toBe(true)
    session = (await ground.tablet(tablet)).transition?.session ?? ""
    const status = await cluster.group0({ _tag: "Status" })
    term = status._tag === "Status" ? status.term : 0
  }, 2 * limitMs)

  afterAll(async () => {
    await ground.heal()
    await ground.end()
  }, 2 * limitMs)

  const rows = [{ key: "bad", timestamp: 9, value: "x" }]
  const streamed = { _tag: "StreamRows", tablet, via: 0, to: 0, rows, work: "bad" }
  const repaired = { _tag: "RepairRows", tablet, rows, work: "bad" }
  const truncated = { _tag: "Truncate", tablet, work: "bad" }
  const doors = [
    ["C", "streamed rows", streamed],
    ["A", "a round of repair", repaired],
    ["A", "a truncation", truncated]
  ] as const
  const ids = [
    ["the null session", "null", "SessionNotFound"],
    ["a session that nobody has set", "t@999", "SessionNotFound"],
    ["the default session", "default", "SessionNotFound"],
    ["an empty session", "", "Malformed"],
    ["null for a session", null, "Malformed"],
    ["no session", undefined, "Malformed"]
  ] as const

  for (const [node, what, request] of doors)
    for (const [which, id, reason] of ids)
      it(`S3 S12 ${what} with ${which}: ${reason}`, async () => {
        const before = await effects()
        expect(await ask(NodeId.make(node), { ...request, session: id })).toEqual(refused(reason))
        expect(await effects()).toEqual(before)
      })

  it("V5 a command of another term, with an index that is used up, or with none: refused", async () => {
    const command = { _tag: "TopologyCommand", command: "barrier_and_drain", term, index: 1_000 }
    const before = await effects()
    for (const wrong of [term + 1, term - 1])
      expect(await ask(nodeB, { ...command, term: wrong })).toEqual(refused("TermChanged"))
    expect(await ask(nodeB, { ...command, index: 1 })).toEqual(refused("OldCommand"))
    for (const index of [0, -1, 1.5, "1", null])
      expect(await ask(nodeB, { ...command, index })).toEqual(refused("Malformed"))
    expect(await ask(nodeB, { ...command, command: "stream" })).toEqual(refused("Malformed"))
    expect(await effects()).toEqual(before)
  })

  it("S8 V4 requests for shards, tablets, stages and versions that there are not: refused", async () => {
    const before = await effects()
    expect(await ask(nodeC, { ...streamed, session, to: 7 })).toEqual(refused("Malformed"))
    expect(await ask(nodeC, { ...streamed, session, via: -1 })).toEqual(refused("Malformed"))
    expect(await ask(nodeA, { ...repaired, session, tablet: "t9" })).toEqual(refused("NoSuchTablet"))
    expect(await ask(nodeA, { _tag: "Trigger", operation: "cleanup", tablet })).toEqual(refused("WrongStage"))
    const stale = { _tag: "Write", request: "bad", version: 1, tablet, row: rows[0] }
    expect(await ask(nodeA, stale)).toEqual(refused("StaleTopology"))
    expect(await effects()).toEqual(before)
  })

  it("C1 commands for group 0 that are malformed, or computed from a state that is not the last: without effect", async () => {
    const head = await ground.head()
    const commit = { _tag: "Commit", id: 1, expected: head, by: { _tag: "Operator" }, metadata: first }
    const before = await effects()
    const broken = [
      { ...commit, id: 0 },
      { ...commit, expected: -1 },
      { ...commit, expected: "1" },
      { ...commit, by: { _tag: "Coordinator" } },
      { ...commit, by: undefined },
      { ...commit, metadata: { ...first, version: "1" } },
      { ...commit, metadata: { ...first, tablets: [{ tablet }] } },
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
