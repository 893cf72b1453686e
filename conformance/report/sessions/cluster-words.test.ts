import { describe, expect, it } from "vitest"
import { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { renderSvg } from "../svg-diagram.ts"
import { malformation } from "../well-formed.ts"
import { blank } from "./chronicle.ts"
import { clusterDiagram } from "./cluster-diagram.ts"
import { sentence } from "./cluster-words.ts"
import { changes } from "./commit-words.ts"
import { everyLabel, saying } from "./sample-labels.ts"

describe("report: sessions: words", () => {
  it("every kind of label is a sentence", () => {
    expect(new Set(everyLabel.map(({ _tag }) => _tag))).toEqual(new Set(Object.keys(ClusterLabel.cases)))
    expect(everyLabel.map((label) => sentence(label, blank)).join("\n")).toMatchInlineSnapshot(`
      "coordinator 2 commits position 7: nothing new
      the operator cannot commit: it knows of position 4, and group 0 is at 5
      B leads group 0 from now on, in term 2
      B.1 goes over to position 7: s1 opens
      coordinator 1 asks A and B for barrier 3
      B accepts barrier 3 at position 7
      B does barrier 3
      B fails barrier 1 of term 2: TermChanged
      barrier 3 has succeeded
      work-1 is admitted to s1 on B.1
      work-1 is turned away from s1 on B.1: GateClosed
      work-1 leaves s1 on B.1
      A sends work-1 of join-1 under s1
      B.1 forgets s1
      B begins to stream t1 under s1
      B fails its stream of t1: StreamFailed
      B refuses to stream t1: WrongStage
      work-1 lands on B.1: k = w1 @1, k deleted @2
      B.1 drops its data of t1
      work-1 truncates t1 on B.1 under s1
      work-1 keeps a snapshot of t1 on B.1 under s1
      B.1 forgets deletions before 3 in t1, and what they cover
      r1 begins on A under version 2: delete k @2, to A and B
      B.1 refuses r1: StaleTopology
      r1 succeeds
      r2 begins on A under version 2: write k = w2 @2 if it is w1, to A and B
      B.1 promises r2
      B.1 refuses to accept r2: OldBallot
      r2 is not applied: k = w3 @2
      hint-1 begins on A under version 2: delete k @2, to B, kept of r1
      B restarts, and has lost what was not on disk
      B stops
      the connection from coordinator 1 to B breaks"
    `)
  })

  it("every kind of label can be drawn", () => {
    const story = everyLabel.map((label) => ({ rule: "", actor: "", labels: [label] }))
    const picture = renderSvg(clusterDiagram("All", story, { essential: story.map((_, at) => at) }))
    expect(malformation(picture)).toBeUndefined()
  })
})

const moving = { kind: "migration", stage: "streaming", next: [{ node: "B", shard: 1 }], session: "s1" }

describe("report: sessions: what a commit changes", () => {
  it("a transition begins, goes on, loses its session, and is over", () => {
    const moved = saying(null, { tablets: [{ tablet: "t1", replicas: moving.next, transition: null }] })
    const steps = [
      saying(null),
      saying({ ...moving, stage: "allow_write_both_read_old", session: null }),
      saying(moving),
      saying({ ...moving, stage: "write_both_read_new", session: null }),
      moved
    ]
    expect(steps.slice(1).map((after, at) => changes(steps[at] ?? null, after).join(", "))).toEqual([
      "a migration of t1 from A.1 to B.1 begins at allow_write_both_read_old",
      "t1 goes to streaming, s1 is set",
      "t1 goes to write_both_read_new, s1 is removed",
      "the migration of t1 is over, t1 is on B.1"
    ])
  })

  it("a session that gives way to another, a fence, a node that is ignored, a table that is gone", () => {
    expect(changes(saying(moving), saying({ ...moving, session: "s2" }))).toEqual(["s1 is removed", "s2 is set"])
    expect(changes(saying(null), saying(null, { fence: 2 }))).toEqual(["the fence rises to version 2"])
    expect(changes(saying(null), saying(null, { ignored: ["B"] }))).toEqual(["B is ignored from now on"])
    expect(changes(saying(null), saying(null, { tablets: [] }))).toEqual(["t1 is dropped"])
  })

  it("a version alone, or nothing at all", () => {
    expect(changes(saying(null), saying(null, { version: 3 }))).toEqual(["version 3"])
    expect(changes(saying(null), saying(null))).toEqual(["nothing new"])
  })

  it("a request of the global track is asked for, goes on, and ends", () => {
    const join = { request: "join-1", kind: "join", node: "C", owners: ["A", "B", "C"], byRepair: false }
    const idle = { queue: [], current: null, over: [], owners: ["A", "B"], dirty: [] }
    const topologies = [
      idle,
      { ...idle, queue: [join] },
      { ...idle, current: { ...join, stage: "write_both_read_old", failed: false } },
      { ...idle, current: { ...join, stage: "rollback_to_normal", failed: true } },
      { ...idle, over: [{ request: "join-1", ok: false }], dirty: ["C"] }
    ]
    const steps = topologies.map((topology) => saying(null, { topology }))
    expect(steps.slice(1).map((after, at) => changes(steps[at] ?? null, after).join(", "))).toEqual([
      "join-1 is asked for: join of C",
      "join-1 goes to write_both_read_old",
      "join-1 goes to rollback_to_normal, join-1 has failed",
      "join-1 has failed, C has data to drop"
    ])
  })
})
