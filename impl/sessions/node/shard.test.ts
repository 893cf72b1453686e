import { describe, expect, test } from "vitest"
import { SessionId } from "../../../spec/sessions/ids.ts"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { WorkId } from "../../../spec/sessions/messages.ts"
import { type Metadata, NodeId, Position, ShardId, type Stage, Version } from "../../../spec/sessions/metadata.ts"
import type { Entry } from "../group0/group0.ts"
import { at, metadataOf, t1, t2, tablet } from "./cluster.test-support.ts"
import { Shard } from "./shard.ts"
import { TabletGuard } from "./tablet-guard.ts"

const work = WorkId.make("w")
const session = (name: string): SessionId => SessionId.make(name)

const entry = (position: number, version: number, transition?: { stage: Stage; session: string | null }): Entry => {
  const metadata: Metadata = metadataOf([tablet(t1, at("A"))], ["A", "B"])
  const [first] = metadata.tablets
  const tablets =
    transition === undefined
      ? metadata.tablets
      : [
          {
            ...first!,
            transition: {
              kind: "migration" as const,
              stage: transition.stage,
              next: [at("B")],
              session: transition.session === null ? null : session(transition.session)
            }
          }
        ]
  return { at: Position.make(position), metadata: { ...metadata, version: Version.make(version), tablets } }
}

const newShard = () => {
  const labels: ClusterLabel[] = []
  const shard = new Shard(NodeId.make("A"), ShardId.make(0), (label) => labels.push(label))
  return { shard, labels }
}

/** Whether a promise has resolved by now. */
const isDone = async (promise: Promise<unknown>): Promise<boolean> => {
  let done = false
  void promise.then(() => {
    done = true
  })
  await new Promise((resolve) => setImmediate(resolve))
  return done
}

describe("sessions: shard: commit", () => {
  test("S1 opens and closes sessions in one step with the metadata", () => {
    const { shard, labels } = newShard()
    shard.commit(entry(1, 1, { stage: "streaming", session: "s" }))
    const inside = shard.admit(session("s"), work)
    shard.commit(entry(2, 2, { stage: "write_both_read_new", session: null }))
    expect(() => inside.check()).toThrow("abort requested")
    expect(() => shard.admit(session("s"), work)).toThrow("GateClosed")
    expect(labels.filter(({ _tag }) => _tag === "ShardCommitted")).toMatchObject([{ open: ["s"] }, { open: [] }])
  })

  test("M22 a shard that jumps over a session's whole life never has it", () => {
    const { shard } = newShard()
    shard.commit(entry(1, 1))
    shard.commit(entry(9, 5))
    expect(() => shard.admit(session("s"), work)).toThrow("SessionNotFound")
  })

  test("M03 the null session admits nobody", () => {
    const { shard } = newShard()
    shard.commit(entry(1, 1))
    expect(() => shard.admit(session("null"), work)).toThrow("SessionNotFound")
  })

  test("V1 V3 is never a step back, and the fence never gets ahead of the version", () => {
    const { shard } = newShard()
    shard.commit(entry(1, 3))
    expect(() => shard.commit(entry(2, 2))).toThrow("version 2 is behind 3")
    const ahead = entry(3, 3)
    const fence = Version.make(4)
    expect(() => shard.commit({ ...ahead, metadata: { ...ahead.metadata, fence } })).toThrow("ahead of version 3")
  })
})

describe("sessions: shard: storage groups", () => {
  test("D5 one that is stopped takes no more writers, and waits for those it has", async () => {
    const { shard } = newShard()
    shard.commit(entry(1, 1))
    const leave = shard.groups.enter(t1)
    const stopped = shard.groups.stop(t1)
    expect(() => shard.groups.enter(t1)).toThrow("NoSuchTablet")
    expect(await isDone(stopped)).toBe(false)
    leave()
    expect(await isDone(stopped)).toBe(true)
  })
})

describe("sessions: shard: a barrier", () => {
  test("S5 L2 waits for the guards of a closed session and for nobody else", async () => {
    const { shard, labels } = newShard()
    shard.commit(entry(1, 1, { stage: "streaming", session: "old" }))
    const leftover = shard.admit(session("old"), work)
    shard.commit(entry(2, 2, { stage: "streaming", session: "new" }))
    shard.admit(session("new"), work)
    const drained = shard.sessions.drain()
    expect(await isDone(drained)).toBe(false)
    leftover.leave()
    expect(await isDone(drained)).toBe(true)
    expect(labels.filter(({ _tag }) => _tag === "Forgotten")).toMatchObject([{ session: "old" }])
  })

  test("waits for holders of older versions, not for those of its own", async () => {
    const { shard } = newShard()
    shard.commit(entry(1, 1))
    const old = shard.hold()
    shard.commit(entry(2, 2))
    shard.hold()
    const released = shard.whenReleased(shard.version)
    expect(await isDone(released)).toBe(false)
    old.release()
    old.release()
    expect(await isDone(released)).toBe(true)
  })
})

describe("sessions: node: a tablet's guard", () => {
  test("M59 moves along while its tablet stays where it is", async () => {
    const { shard } = newShard()
    shard.commit(entry(1, 1, { stage: "streaming", session: "s" }))
    const guard = new TabletGuard(shard, t1)
    shard.commit(entry(2, 2, { stage: "streaming", session: "s" }))
    expect(guard.signal.aborted).toBe(false)
    expect(await isDone(shard.whenReleased(Version.make(2)))).toBe(true)
  })

  test.each([
    ["M58 the stage moves on", { stage: "cleanup_target", session: "s" }],
    ["Q6 another transition is in the same stage", { stage: "streaming", session: "t" }],
    ["the transition ends", undefined]
  ] as const)("stops its owner and holds barriers up when %s", async (_, then) => {
    const { shard } = newShard()
    shard.commit(entry(1, 1, { stage: "streaming", session: "s" }))
    const guard = new TabletGuard(shard, t1)
    shard.commit(entry(2, 2, then))
    expect(guard.signal.aborted).toBe(true)
    const released = shard.whenReleased(Version.make(2))
    expect(await isDone(released)).toBe(false)
    guard.release()
    expect(await isDone(released)).toBe(true)
  })

  test("M58 stops its owner and holds barriers up when its table is split", async () => {
    const { shard } = newShard()
    shard.commit(entry(1, 1, { stage: "repair", session: "s" }))
    const guard = new TabletGuard(shard, t1)
    const { metadata } = entry(2, 2, { stage: "repair", session: "s" })
    shard.commit({ at: Position.make(2), metadata: { ...metadata, resize: "split" } })
    expect(guard.signal.aborted).toBe(false)
    const halves = [...metadata.tablets, tablet(t2, at("A"))]
    shard.commit({ at: Position.make(3), metadata: { ...metadata, version: Version.make(3), tablets: halves } })
    expect(guard.signal.aborted).toBe(true)
    expect(await isDone(shard.whenReleased(Version.make(3)))).toBe(false)
    guard.release()
    expect(await isDone(shard.whenReleased(Version.make(3)))).toBe(true)
  })
})
