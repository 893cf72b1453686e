import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, describe, expect, test } from "vitest"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Committer } from "../../../spec/sessions/messages.ts"
import type { Metadata, NodeId } from "../../../spec/sessions/metadata.ts"
import { LogFile } from "../../group0/log-file.ts"
import { Group0Server } from "../../group0/server.ts"
import { LamportClock } from "../../runtime/lamport-clock.ts"
import type { Address } from "../../runtime/wire/address.ts"
import { maxFrameBytes } from "../../runtime/wire/frames.ts"
import { framed, header, honest, stranger } from "../../runtime/wire/stranger.test-support.ts"
import { metadataAt, newDirectory, nodeA, nodeB, nodeC, operator, told } from "../example.test-support.ts"
import { DefaultInjections } from "../injections-default.ts"
import { type Leadership, sessionsWords } from "./group0.ts"
import { RemoteGroup0 } from "./remote-group0.ts"

const cleanUp: Array<() => void> = []
afterEach(() => {
  for (const close of cleanUp.splice(0)) close()
})

/** A server on the loopback interface, and members that come and go. */
class Stage {
  readonly labels: ClusterLabel[] = []
  readonly applied = new Map<NodeId, number[]>()
  readonly path = join(newDirectory(), "log")
  server!: Group0Server<Metadata, Committer>
  #address: Address | undefined

  async serve(path = this.path): Promise<void> {
    this.server = await Group0Server.open({
      words: sessionsWords,
      log: await LogFile.open(sessionsWords, { path, first: metadataAt(1) }),
      members: [nodeA, nodeB, nodeC],
      listen: { host: "127.0.0.1", port: 0 },
      clock: new LamportClock(),
      journal: (label) => this.labels.push(label),
      failed: (error) => expect.unreachable(String(error))
    })
    this.#address = this.server.address
    cleanUp.push(() => void this.server.close())
  }

  member(self: NodeId, injections = new DefaultInjections()): RemoteGroup0 {
    const address = () => this.#address ?? { host: "127.0.0.1", port: 1 }
    const member = new RemoteGroup0({ self, address, clock: new LamportClock(), injections })
    const applied: number[] = []
    this.applied.set(self, applied)
    member.follow(async ({ at }) => {
      applied.push(at)
    })
    cleanUp.push(() => void member.close())
    return member
  }

  static async begin(): Promise<Stage> {
    const stage = new Stage()
    await stage.serve()
    return stage
  }
}

const eventually = (look: () => unknown) => expect.poll(look, { timeout: 30_000, interval: 5 })
const leads = (member: RemoteGroup0, leader: NodeId) => eventually(() => member.leadership.leader).toBe(leader)
const unavailable = { name: "Unavailable" }

describe("sessions: group 0 in a process of its own", () => {
  test("the first member to come leads, and a commit reaches everybody", async () => {
    const stage = await Stage.begin()
    const b = stage.member(nodeB)
    await leads(b, nodeB)
    const a = stage.member(nodeA)
    await leads(a, nodeB)
    expect(await a.commit(await a.start(), operator, metadataAt(2))).toEqual({ _tag: "Committed", at: 1 })
    expect(await b.readBarrier()).toBe(1)
    expect(stage.applied.get(nodeB)).toEqual([0, 1])
    expect(told(stage.labels)).toEqual(["B leads term 1", "committed 1"])
  })

  test("a commit computed from an older state has no effect", async () => {
    const stage = await Stage.begin()
    const a = stage.member(nodeA)
    await leads(a, nodeA)
    const stale = await a.start()
    const commits = [2, 3, 4].map((version) => a.commit(stale, operator, metadataAt(version)))
    const refused = { _tag: "ConcurrentModification", head: 1 }
    expect(await Promise.all(commits)).toEqual([{ _tag: "Committed", at: 1 }, refused, refused])
    expect((await a.start()).seen).toEqual({ at: 1, metadata: metadataAt(2) })
    expect(told(stage.labels).slice(1)).toEqual(["committed 1", "refused 0 at 1", "refused 0 at 1"])
  })

  test("a read barrier waits for what is held back, and for all of it", async () => {
    const stage = await Stage.begin()
    const injections = new DefaultInjections()
    const [a, b] = [stage.member(nodeA), stage.member(nodeB, injections)]
    await eventually(() => a.leadership.leader !== null && b.leadership.leader !== null).toBe(true)
    await b.readBarrier()
    injections.enable("group0_state_machine::delay_apply")
    for (const version of [2, 3, 4]) await a.commit(await a.start(), operator, metadataAt(version))
    const barrier = b.readBarrier()
    await eventually(() => injections.reached("group0_state_machine::delay_apply")).toBe(1)
    expect(stage.applied.get(nodeB)).toEqual([0])
    injections.disable("group0_state_machine::delay_apply")
    expect(await barrier).toBe(3)
    expect(stage.applied.get(nodeB)!.at(-1)).toBe(3)
  })

  test("when the leader leaves, the first of the others leads in a new term, in the order of their names", async () => {
    const stage = await Stage.begin()
    const b = stage.member(nodeB)
    await leads(b, nodeB)
    const [c, a] = [stage.member(nodeC), stage.member(nodeA)]
    await leads(c, nodeB)
    await leads(a, nodeB)
    await b.close()
    await leads(c, nodeA)
    expect(c.leadership).toEqual({ term: 2, leader: nodeA })
    expect(told(stage.labels)).toEqual(["B leads term 1", "A leads term 2"])
  })

  test("V5 a leader that comes anew leads in a new term, also if its old connection seems to stand", async () => {
    const stage = await Stage.begin()
    const b = stage.member(nodeB)
    await leads(b, nodeB)
    const anew = stage.member(nodeB)
    await leads(anew, nodeB)
    expect(anew.leadership.term).toBeGreaterThan(1)
  })

  test("a member is elected on demand, if it is there", async () => {
    const stage = await Stage.begin()
    const [a, b] = [stage.member(nodeA), stage.member(nodeB)]
    const heard: Leadership[] = []
    a.onLeadership((now) => heard.push(now))
    await eventually(() => a.leadership.leader !== null && b.leadership.leader !== null).toBe(true)
    expect(await stage.server.elect(nodeB)).toBe(true)
    await leads(a, nodeB)
    expect(await stage.server.elect(nodeC)).toBe(false)
    expect(heard.at(-1)).toEqual({ term: stage.server.status.term, leader: nodeB })
  })

  test("who is cut off is answered nothing, and comes back by itself when healed", async () => {
    const stage = await Stage.begin()
    const [a, b] = [stage.member(nodeA), stage.member(nodeB)]
    await eventually(() => a.leadership.leader !== null && b.leadership.leader !== null).toBe(true)
    const guard = await b.start()
    stage.server.partition(nodeB)
    await eventually(() => b.leadership.leader).toBe(null)
    await expect(b.readBarrier()).rejects.toMatchObject(unavailable)
    await expect(b.commit(guard, operator, metadataAt(9))).rejects.toMatchObject(unavailable)
    await leads(a, nodeA)
    await a.commit(await a.start(), operator, metadataAt(2))
    stage.server.heal(nodeB)
    await leads(b, nodeA)
    expect(await b.readBarrier()).toBe(1)
  })

  test("a commit whose connection breaks may have happened: its status is unknown", async () => {
    const stage = await Stage.begin()
    const a = stage.member(nodeA)
    await leads(a, nodeA)
    const committing = a.commit(await a.start(), operator, metadataAt(2))
    const asking = a.readBarrier()
    stage.server.partition(nodeA)
    expect(await committing).toEqual({ _tag: "StatusUnknown" })
    await expect(asking).rejects.toMatchObject(unavailable)
  })

  test("a server that comes back goes on with its log, in a new term", async () => {
    const stage = await Stage.begin()
    const a = stage.member(nodeA)
    await leads(a, nodeA)
    await a.commit(await a.start(), operator, metadataAt(2))
    await stage.server.close()
    await eventually(() => a.leadership.leader).toBe(null)
    await stage.serve()
    await leads(a, nodeA)
    expect(a.leadership.term).toBe(2)
    expect((await a.start()).seen).toEqual({ at: 1, metadata: metadataAt(2) })
  })

  test("a server that has lost what it committed is not believed", async () => {
    const stage = await Stage.begin()
    const a = stage.member(nodeA)
    await leads(a, nodeA)
    await a.commit(await a.start(), operator, metadataAt(2))
    await stage.server.close()
    await eventually(() => a.leadership.leader).toBe(null)
    await stage.serve(join(newDirectory(), "another-log"))
    await leads(a, nodeA)
    await expect(a.readBarrier()).rejects.toThrow(
      "group 0 went back from position 1 to 0: it has lost what it committed"
    )
  })

  test("who was never connected, and who has left, is told so", async () => {
    const stage = new Stage()
    const a = stage.member(nodeA)
    await expect(a.readBarrier()).rejects.toThrow("A is not connected with group 0")
    await a.close()
    await expect(a.start()).rejects.toMatchObject(unavailable)
  })
})

describe("sessions: group 0 in a process of its own: strangers", () => {
  const hello = honest({ _tag: "Hello", member: nodeC })
  const commit = { _tag: "Commit", id: 1, expected: 0, by: operator, metadata: metadataAt(2) }

  test.each([
    ["bytes that are no frame", [Buffer.from("GET / HTTP/1.1\r\n\r\n")], /longer/],
    ["a frame that is too long", [hello, header(maxFrameBytes + 1)], /a frame of 1048577 bytes is longer/],
    ["a frame that is no JSON", [hello, framed("nonsense")], /is not JSON/],
    ["a question without a greeting", [honest({ _tag: "Where", id: 1 })], /the first frame must be Hello/],
    ["a commit without a greeting", [honest(commit)], /the first frame must be Hello/],
    ["a name that no member has", [honest({ _tag: "Hello", member: "Z" })], /Z is no member; the members are A, B, C/],
    ["a name as long as a frame", [honest({ _tag: "Hello", member: "Z".repeat(1_000_000) })], /^Z{500}$/],
    ["a second greeting", [hello, hello], /this connection is C's already/],
    ["a frame of no kind", [hello, honest({ _tag: "Explode" })], /no frame of a member of group 0/],
    ["a commit of no metadata", [hello, honest({ ...commit, metadata: {} })], /no frame of a member of group 0/],
    ["a commit at no position", [hello, honest({ ...commit, expected: -1 })], /no frame of a member of group 0/]
  ])("%s is refused with a reason, and nothing is committed", async (_, bytes, why) => {
    const stage = await Stage.begin()
    const a = stage.member(nodeA)
    await leads(a, nodeA)
    const { bodies } = await stranger(stage.server.address, bytes)
    expect(bodies.at(-1)).toEqual({ _tag: "Rejected", why: expect.stringMatching(why) })
    expect(await a.readBarrier()).toBe(0)
  })
})

describe("sessions: group 0: log", () => {
  test("records that do not follow each other are refused, and told where", async () => {
    const path = join(newDirectory(), "log")
    const log = await LogFile.open(sessionsWords, { path, first: metadataAt(1) })
    await log.elect(nodeA)
    await log.commit(log.head.at, operator, metadataAt(2))
    await log.close()
    const [format, first, term, commit] = readFileSync(path, "utf8").split("\n")
    const without = async (...lines: ReadonlyArray<string | undefined>) => {
      writeFileSync(path, `${lines.join("\n")}\n`)
      return LogFile.open(sessionsWords, { path, first: metadataAt(1) })
    }
    await expect(without(format, first, term, commit, commit)).rejects.toThrow(
      `${path}, line 5: the record is position 1, and position 2 was expected`
    )
    await expect(without(format, first, term, term)).rejects.toThrow("line 4: the record is term 1, and a term after 1")
    await expect(without(format, term)).rejects.toThrow(
      "line 2: the record is term 1, and the first state was expected"
    )
    await expect(without(format, first, first)).rejects.toThrow("line 3: the record is the first state, and a command")
  })
})
