import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { NodeId } from "../../../spec/sessions/metadata.ts"
import type { Turn } from "../../runtime/turn.ts"
import { metadataAt, nodeA, nodeB, nodeC, operator, settle, told } from "../example.test-support.ts"
import { DefaultInjections } from "../injections-default.ts"
import type { Entry, Group0 } from "./group0.ts"
import type { LocalMember, MemberOptions } from "./local-group0.ts"
import { LocalGroup0 } from "./local-group0.ts"

/** A group of three with A as its leader, and what each member has applied. */
class Stage {
  readonly labels: ClusterLabel[] = []
  readonly applied = new Map<NodeId, number[]>()
  readonly group: LocalGroup0
  readonly a: LocalMember
  readonly b: LocalMember
  readonly c: LocalMember

  constructor(turn?: Turn) {
    const journal = (label: ClusterLabel) => this.labels.push(label)
    this.group = new LocalGroup0({ first: metadataAt(1), journal, ...(turn === undefined ? {} : { turn }) })
    this.a = this.member(nodeA)
    this.b = this.member(nodeB)
    this.c = this.member(nodeC)
    this.group.elect(nodeA)
  }

  member(node: NodeId, options?: MemberOptions): LocalMember {
    const member = this.group.member(node, options)
    const applied: number[] = []
    this.applied.set(node, applied)
    member.follow(async ({ at }: Entry) => {
      applied.push(at)
    })
    return member
  }
}

const commitNext = async (member: Group0) => {
  const guard = await member.start()
  return member.commit(guard, operator, metadataAt(guard.seen.metadata.version + 1))
}

describe("sessions: group 0: commits", () => {
  test("a commit takes its turn at the end of the log and reaches every member", async () => {
    const { a, b, applied, labels } = new Stage()
    expect(await commitNext(a)).toEqual({ _tag: "Committed", at: 1 })
    expect(await commitNext(b)).toEqual({ _tag: "Committed", at: 2 })
    await settle()
    for (const node of [nodeA, nodeB, nodeC]) expect(applied.get(node)).toEqual([0, 1, 2])
    expect(told(labels)).toEqual(["A leads term 1", "committed 1", "committed 2"])
  })

  test("a commit computed from an older state has no effect", async () => {
    const { group, a, b, labels } = new Stage()
    const stale = await a.start()
    await commitNext(b)
    expect(await a.commit(stale, operator, metadataAt(9))).toEqual({ _tag: "ConcurrentModification", head: 1 })
    expect(group.head).toEqual({ at: 1, metadata: metadataAt(2) })
    expect(told(labels).at(-1)).toBe("refused 0 at 1")
  })

  test("of any commits against one state, in any order, exactly one is effective", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const stage = new Stage((event) => scheduler.schedule(Promise.resolve(), event))
        const members = [stage.a, stage.b, stage.c]
        const committing = Promise.all(
          members.map(async (member) => {
            const guard = await member.start()
            return [guard.seen.at, await member.commit(guard, operator, metadataAt(2))] as const
          })
        )
        await scheduler.waitFor(committing)
        const effective = (await committing).filter(([, { _tag }]) => _tag === "Committed")
        expect(new Set(effective.map(([seen]) => seen)).size).toBe(effective.length)
        expect(stage.group.head.at).toBe(effective.length)
      })
    )
  })

  test("what was lost on the way has no effect, and what only its answer was lost of has", async () => {
    const { group, a } = new Stage()
    a.loseNext("command")
    expect(await commitNext(a)).toEqual({ _tag: "StatusUnknown" })
    expect(group.head.at).toBe(0)
    a.loseNext("answer")
    expect(await commitNext(a)).toEqual({ _tag: "StatusUnknown" })
    expect(group.head.at).toBe(1)
  })

  test("no two members share an object of what they apply", async () => {
    const { group, a } = new Stage()
    const { seen } = await a.start()
    expect(seen.metadata).toEqual(group.head.metadata)
    expect(seen.metadata).not.toBe(group.head.metadata)
  })
})

describe("sessions: group 0: applying", () => {
  test("a read barrier is over only when all that was committed before it is applied", async () => {
    const { a, b, applied } = new Stage()
    await settle()
    b.pause()
    await commitNext(a)
    let isOver = false
    const barrier = b.readBarrier().then((at) => {
      isOver = true
      return at
    })
    await settle()
    expect({ isOver, applied: applied.get(nodeB) }).toEqual({ isOver: false, applied: [0] })
    b.resume()
    expect(await barrier).toBe(1)
  })

  test("entries that wait are merged, unless a member takes them one by one", async () => {
    const stage = new Stage()
    const slow = stage.member(nodeC, { merge: () => 1 })
    await settle()
    for (const member of [stage.b, slow]) member.pause()
    for (const _ of [1, 2, 3]) await commitNext(stage.a)
    for (const member of [stage.b, slow]) member.resume()
    await settle()
    expect(stage.applied.get(nodeB)).toEqual([0, 3])
    expect(stage.applied.get(nodeC)).toEqual([0, 1, 2, 3])
  })

  test("a snapshot skips what a member would else have seen", async () => {
    const stage = new Stage()
    const slow = stage.member(nodeC, { merge: () => 1 })
    await settle()
    slow.pause()
    for (const _ of [1, 2, 3]) await commitNext(stage.a)
    slow.snapshot()
    slow.resume()
    await settle()
    expect(stage.applied.get(nodeC)).toEqual([0, 3])
  })

  test("the injection delay_apply holds a member back until it is told to go on", async () => {
    const stage = new Stage()
    const injections = new DefaultInjections()
    stage.member(nodeC, { injections })
    await settle()
    injections.enable("group0_state_machine::delay_apply")
    await commitNext(stage.a)
    await settle()
    expect(stage.applied.get(nodeC)).toEqual([0])
    injections.message("group0_state_machine::delay_apply")
    await settle()
    expect(stage.applied.get(nodeC)).toEqual([0, 1])
  })

  test("entries are applied one at a time, the next when the last is done", async () => {
    const { group, a } = new Stage()
    const member = group.member(nodeC)
    const begun: number[] = []
    let finish = () => {}
    member.follow(({ at }) => {
      begun.push(at)
      return new Promise((resolve) => {
        finish = resolve
      })
    })
    await settle()
    await commitNext(a)
    await settle()
    expect(begun).toEqual([0])
    finish()
    await settle()
    expect(begun).toEqual([0, 1])
  })

  test("a member that cannot apply answers no read barrier any more, and one that is started anew does", async () => {
    const stage = new Stage()
    const broken = stage.group.member(nodeC)
    broken.follow(() => Promise.reject(new Error("no space")))
    await settle()
    await expect(broken.readBarrier()).rejects.toThrow("this member cannot apply position 0: no space")
    await expect(broken.start()).rejects.toMatchObject({ name: "Unavailable" })
    expect(await stage.member(nodeC).readBarrier()).toBe(0)
  })
})

describe("sessions: group 0: leadership", () => {
  test("nobody leads at first, and without a leader nothing is answered", async () => {
    const group = new LocalGroup0({ first: metadataAt(1) })
    const member = group.member(nodeA)
    expect(member.leadership).toEqual({ term: 0, leader: null })
    await expect(member.readBarrier()).rejects.toMatchObject({ name: "Unavailable" })
  })

  test("each election begins a new term, and every member that can hear of it does, once", () => {
    const { group, a, b } = new Stage()
    const heard: unknown[] = []
    const stop = b.onLeadership((now) => heard.push(now))
    expect(group.elect(nodeB)).toBe(2)
    stop()
    group.elect(nodeC)
    expect(heard).toEqual([{ term: 2, leader: nodeB }])
    expect(a.leadership).toEqual({ term: 3, leader: nodeC })
  })

  test("only a member that is there can be elected", () => {
    const { group } = new Stage()
    group.partition(nodeB)
    expect(() => group.elect(nodeB)).toThrow("B cannot lead: it is no member, or it is closed or cut off")
  })
})

describe("sessions: group 0: faults", () => {
  test("who is cut off hears and decides nothing, believes in the old leader, and catches up when healed", async () => {
    const { group, a, b, applied } = new Stage()
    await settle()
    const guard = await b.start()
    b.pause()
    await commitNext(a)
    const waiting = b.readBarrier()
    await settle()
    group.partition(nodeB)
    await expect(waiting).rejects.toMatchObject({ name: "Unavailable" })
    b.resume()
    group.elect(nodeC)
    await commitNext(a)
    await settle()
    expect(b.leadership).toEqual({ term: 1, leader: nodeA })
    await expect(b.readBarrier()).rejects.toThrow("B is closed or cut off from group 0")
    await expect(b.commit(guard, operator, metadataAt(9))).rejects.toMatchObject({ name: "Unavailable" })
    // What had arrived before is applied all the same.
    expect(applied.get(nodeB)).toEqual([0, 1])
    group.heal(nodeB)
    expect(b.leadership).toEqual({ term: 2, leader: nodeC })
    expect(await b.readBarrier()).toBe(2)
  })

  test("a leader that is cut off takes everybody's group 0 away until another is elected", async () => {
    const { group, b } = new Stage()
    group.partition(nodeA)
    await expect(b.readBarrier()).rejects.toThrow("A is closed or cut off from group 0")
    group.elect(nodeB)
    expect(await b.readBarrier()).toBe(0)
  })

  test("a node that crashed waits forever, and its successor knows what it had received", async () => {
    const stage = new Stage()
    await settle()
    stage.b.pause()
    const outcomes: string[] = []
    await commitNext(stage.a)
    void stage.b.readBarrier().finally(() => outcomes.push("the dead spoke"))
    await settle()
    stage.member(nodeB)
    void stage.b.start().finally(() => outcomes.push("the dead spoke"))
    stage.b.resume()
    await settle()
    expect({ outcomes, applied: stage.applied.get(nodeB) }).toEqual({ outcomes: [], applied: [1] })
    stage.group.partition(nodeB)
    await commitNext(stage.a)
    stage.member(nodeB)
    await settle()
    expect(stage.applied.get(nodeB)).toEqual([1])
    stage.group.heal(nodeB)
    await settle()
    expect(stage.applied.get(nodeB)).toEqual([1, 2])
  })

  test("who has left applies nothing, and its waits are over", async () => {
    const { a, b, applied } = new Stage()
    await settle()
    b.pause()
    await commitNext(a)
    const waiting = b.readBarrier()
    await settle()
    await b.close()
    await expect(waiting).rejects.toMatchObject({ name: "Unavailable" })
    await expect(b.start()).rejects.toThrow("B has left group 0")
    b.resume()
    await settle()
    expect(applied.get(nodeB)).toEqual([0])
  })
})
