import { spawn } from "node:child_process"
import { appendFileSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { RequestId } from "../../../spec/sessions/messages.ts"
import { NodeId, ShardId } from "../../../spec/sessions/metadata.ts"
import { LogFile } from "../../group0/log-file.ts"
import { programOf } from "../../runtime/child/program.ts"
import { framed, honest, stranger } from "../../runtime/wire/stranger.test-support.ts"
import type { ControlCommand } from "../control.ts"
import { metadataAt, newDirectory, nodeA, nodeB, nodeC, operator, row, shard, tablet } from "../example.test-support.ts"
import { sessionsWords } from "../group0/group0.ts"
import { FileStore } from "../storage/file-store.ts"
import { Cluster } from "./cluster.ts"
import type { JournalLine } from "./journal.ts"

const nodeMain = new URL("./plain-node.test-support.ts", import.meta.url)
const nodes: ReadonlyArray<NodeId> = [nodeA, nodeB, nodeC]

const directory = newDirectory()
const options = { directory, nodes, shards: 1, first: metadataAt(1), nodeMain }
let cluster: Cluster

const commit: ControlCommand = {
  _tag: "MigrateTablet",
  tablet,
  from: { node: nodeA, shard },
  to: { node: nodeB, shard: ShardId.make(0) }
}
const dump: ControlCommand = { _tag: "Dump" }
const write = (name: string): ControlCommand => ({
  _tag: "Write",
  request: RequestId.make(name),
  tablet,
  row: row(name, 1, "x"),
  consistency: "ALL"
})

const eventually = (look: () => Promise<unknown>) => expect.poll(look, { timeout: 30_000, interval: 20 })
const done = { _tag: "Done" }
const written = { _tag: "RequestEnded", ok: true, rows: [] }

/** How far group 0 has come. */
async function head(): Promise<number> {
  const status = await cluster.group0({ _tag: "Status" })
  return status._tag === "Status" ? status.at : expect.unreachable(status._tag)
}

/** The keys of what a node stores. */
async function rowsOf(node: NodeId): Promise<ReadonlyArray<string>> {
  const dumped = await cluster.control(node, dump)
  if (dumped._tag !== "Dumped") return expect.unreachable(dumped._tag)
  return dumped.shards.flatMap(({ tablets }) => tablets.flatMap(({ rows }) => rows.map(({ key }) => key)))
}

/** The first place among all lines, in causal order, of a label that is meant. */
function place(isMeant: (line: JournalLine) => boolean): number {
  const ordered = [...cluster.journals()].sort(
    (one, other) => one.clock - other.clock || (one.node < other.node ? -1 : 1) || one.seq - other.seq
  )
  const at = ordered.findIndex(isMeant)
  expect(at).toBeGreaterThanOrEqual(0)
  return at
}

/** Each test finds every process running, and leaves it so. */
describe("sessions: cluster of processes", () => {
  beforeAll(async () => {
    cluster = await Cluster.start(options)
  }, 60_000)
  afterAll(() => cluster.stop())

  test("what one node commits the others apply, and what one is asked to write another stores", async () => {
    await eventually(() => cluster.control(nodeB, commit)).toEqual(done)
    await eventually(() => cluster.control(nodeC, dump)).toMatchObject({ at: 1, metadata: metadataAt(2) })
    expect(await cluster.control(nodeC, write("a"))).toEqual(written)
    const shards = [{ tablets: [{ rows: [row("a", 1, "x")] }] }]
    await eventually(() => cluster.control(nodeA, dump)).toMatchObject({ shards })
  })

  test("in the order of the clocks no effect comes before its cause, over all kinds of ways between processes", async () => {
    await cluster.control(nodeC, write("first"))
    await cluster.control(nodeB, write("second"))
    const chain = [
      place(({ label }) => label._tag === "Elected"),
      place(({ label }) => label._tag === "Committed"),
      place(({ label }) => label._tag === "ShardCommitted" && label.node === nodeC && label.at === 1),
      place(({ label }) => label._tag === "RequestBegan" && label.request === "first"),
      place(({ label }) => label._tag === "Served" && label.request === "first"),
      place(({ label }) => label._tag === "RequestEnded" && label.request === "first"),
      place(({ label }) => label._tag === "RequestBegan" && label.request === "second")
    ]
    expect(chain).toEqual([...chain].sort((one, other) => one - other))
  })

  test("a node that is killed and started again has what it had acknowledged, and is told of in the right place", async () => {
    expect(await cluster.control(nodeC, write("kept"))).toEqual(written)
    await cluster.kill(nodeA)
    await expect(cluster.control(nodeA, dump)).rejects.toThrow("A ended with SIGKILL")
    expect(await cluster.control(nodeC, write("lost"))).toMatchObject({ _tag: "Failed" })
    await cluster.restart(nodeA)
    await eventually(() => cluster.control(nodeC, write("later"))).toEqual(written)
    expect(await rowsOf(nodeA)).toEqual(["a", "first", "kept", "later", "second"])
    const chain = [
      place(({ label }) => label._tag === "Served" && label.request === "kept"),
      place(({ label }) => label._tag === "Stopped" && label.node === nodeA),
      place(({ label }) => label._tag === "Restarted" && label.node === nodeA),
      place(({ label }) => label._tag === "Served" && label.request === "later")
    ]
    expect(chain).toEqual([...chain].sort((one, other) => one - other))
  })

  test("when the leader is killed another node leads in a new term, and group 0 goes on", async () => {
    await eventually(() => cluster.group0({ _tag: "Elect", node: nodeB })).toEqual(done)
    await cluster.kill(nodeB)
    await eventually(() => cluster.group0({ _tag: "Status" })).toMatchObject({ leader: nodeA })
    await eventually(() => cluster.control(nodeC, commit)).toEqual(done)
    await cluster.restart(nodeB)
  })

  test("without group 0 nothing is committed, and with it back all goes on from where it was", async () => {
    const before = await head()
    await cluster.killGroup0()
    await eventually(() => cluster.control(nodeA, commit)).toMatchObject({ _tag: "Failed" })
    await cluster.restartGroup0()
    await eventually(() => cluster.control(nodeC, commit)).toEqual(done)
    await eventually(() => cluster.control(nodeB, dump)).toMatchObject({
      at: before + 1,
      metadata: metadataAt(before + 2)
    })
  })

  test("injections and connections are in the hands of whoever controls the process", async () => {
    const name = "group0_state_machine::delay_apply"
    const inject = (action: "enable" | "disable" | "query") =>
      cluster.control(nodeC, { _tag: "Inject", action, name } as const)
    await eventually(() => cluster.control(nodeC, dump)).toMatchObject({ _tag: "Dumped" })
    expect(await inject("enable")).toEqual(done)
    await eventually(() => cluster.control(nodeA, commit)).toEqual(done)
    await eventually(() => inject("query")).toEqual({ _tag: "Reached", times: 1 })
    const waiting = cluster.control(nodeC, dump)
    await inject("disable")
    expect(await waiting).toMatchObject({ at: await head() })
    expect(await cluster.control(nodeC, { _tag: "KillConnections", host: nodeA })).toEqual(done)
    expect(cluster.journals().filter(({ label }) => label._tag === "ConnectionBroke")).toHaveLength(1)
    expect(await cluster.control(nodeC, write("after"))).toEqual(written)
  })

  test("garbage into every port harms nobody", async () => {
    const ports = [cluster.group0Address!, ...nodes.map((node) => cluster.address(node)!)]
    const garbage = [
      Buffer.from("GET / HTTP/1.1\r\n\r\n"),
      Buffer.from("ff".repeat(2000), "hex"),
      framed("{"),
      framed('{"clock":1,"body":{"_tag":"Hello"}}'),
      honest({ _tag: "Commit", id: 1 })
    ]
    for (const port of ports)
      for (const bytes of garbage)
        expect((await stranger(port, [bytes])).bodies).toEqual([{ _tag: "Rejected", why: expect.any(String) }])
    await eventually(() => cluster.control(nodeB, commit)).toEqual(done)
    for (const node of nodes) expect(cluster.process(node).errors.join("\n")).not.toContain("    at ")
  })

  test("a request from outside that means nothing is answered as malformed, and stores nothing", async () => {
    const before = await rowsOf(nodeA)
    const request = { _tag: "Write", request: "r", version: 1, tablet: 5, row: row("bad", 1, "x") }
    const hello = honest({ _tag: "Hello", from: nodeB, to: nodeA })
    const { bodies } = await stranger(cluster.address(nodeA)!, [hello, honest({ _tag: "Asked", id: 1, request })], 1)
    expect(bodies).toEqual([{ _tag: "Answered", id: 1, answer: { _tag: "Refused", reason: "Malformed" } }])
    expect(await rowsOf(nodeA)).toEqual(before)
  })

  test("a cluster that is started where another was goes on with its data and its journals", async () => {
    const before = { at: await head(), rows: await rowsOf(nodeA) }
    await cluster.stop()
    cluster = await Cluster.start(options)
    await eventually(() => cluster.control(nodeA, dump)).toMatchObject({ at: before.at })
    expect(await rowsOf(nodeA)).toEqual(before.rows)
    const seqs = cluster.journals().filter(({ node }) => node === "A")
    expect(seqs.map(({ seq }) => seq)).toEqual(seqs.map((_, n) => n + 1))
  })
})

describe("sessions: cluster of processes: what cannot be started", () => {
  const first = metadataAt(1)

  test("a log that is damaged is told by file and line, and nothing runs", async () => {
    const directory = newDirectory()
    const path = join(directory, "group0.log")
    const log = await LogFile.open(sessionsWords, { path, first })
    await log.commit(log.head.at, operator, metadataAt(2))
    await log.close()
    writeFileSync(path, readFileSync(path, "utf8").replace('"version":2', '"version":3'))
    const started = Cluster.start({ ...options, directory, nodes: [] })
    await expect(started).rejects.toThrow(
      /group0 ended with status 1; it said: group0: .*group0\.log, line 3: the record has the checksum/
    )
  })

  test("a store that is damaged is told by file and line, and nothing runs", async () => {
    const directory = newDirectory()
    await (await FileStore.open(join(directory, "B"))).close()
    appendFileSync(join(directory, "B", "commit.log"), "scribble\n")
    const started = Cluster.start({ ...options, directory, nodes: [nodeB] })
    await expect(started).rejects.toThrow(
      /B ended with status 1; it said: .*commit\.log, line 2: the record has the checksum/
    )
  })

  test("names that are no names of files, or taken, are refused", async () => {
    for (const name of ["../A", "group0", "cluster"]) {
      const started = Cluster.start({ ...options, directory: newDirectory(), nodes: [NodeId.make(name)] })
      await expect(started).rejects.toThrow(`"${name}" cannot be a node's name here`)
    }
  })

  test.each(["./plain-node.test-support.ts", "./group0-main.ts"])(
    "%s says what configuration it wants",
    async (main) => {
      const child = spawn(process.execPath, [programOf(new URL(main, import.meta.url)), '{"self":1}'])
      let said = ""
      child.stderr.on("data", (chunk) => {
        said += chunk.toString()
      })
      const status = await new Promise((resolve) => child.once("close", resolve))
      expect(status).toBe(1)
      expect(said).toMatch(/^(node|group0): the first argument must be the configuration in JSON: .+\n$/)
    }
  )

  test("a process ends when nobody commands it any more", async () => {
    const directory = newDirectory()
    const configuration = {
      host: "127.0.0.1",
      journal: join(directory, "journal"),
      log: join(directory, "log"),
      members: nodes,
      first,
      clock: 0
    }
    const main = programOf(new URL("./group0-main.ts", import.meta.url))
    const child = spawn(process.execPath, [main, JSON.stringify(configuration)])
    await new Promise((resolve) => child.stdout.once("data", resolve))
    child.stdin.end()
    expect(await new Promise((resolve) => child.once("close", resolve))).toBe(0)
  })
})
