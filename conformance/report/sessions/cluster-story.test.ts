import { describe, expect, it } from "vitest"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { clusterLines } from "./cluster-story.ts"
import { label } from "./sample-labels.ts"

const over = (node: string, shard: number, at: number, open: ReadonlyArray<string> = []): ClusterLabel =>
  label("ShardCommitted", { node, shard, at, version: 2, fence: 1, open })
const accepts = (node: string, at: number): ClusterLabel => label("CommandAccepted", { node, term: 1, index: 3, at })
const answers = (node: string): ClusterLabel => label("CommandAnswered", { node, term: 1, index: 3, reason: null })
const enters = label("Entered", { node: "B", shard: 0, session: "s1", work: "work-1" })
const asks = label("BarrierBegan", {
  term: 1,
  index: 3,
  command: "barrier_and_drain",
  version: 2,
  targets: ["A", "B"],
  tablets: ["t1"]
})

const told = (labels: ReadonlyArray<ClusterLabel>, essential: ReadonlyArray<number> = []): ReadonlyArray<string> =>
  clusterLines(
    labels.map((one) => ({ rule: "", actor: "", labels: [one] })),
    { essential }
  ).map(({ text }) => text)

describe("report: sessions: a cluster's story", () => {
  it("a barrier at which nothing is left to be said is one line", () => {
    const story = [asks, over("A", 0, 1), over("A", 1, 1), accepts("A", 1), answers("A"), over("B", 0, 1), answers("B")]
    expect(told(story)).toEqual([
      "coordinator 1 asks A and B for barrier 3; A and B go over to position 1 and do barrier 3"
    ])
  })

  it("a node of which only some shards went over is not told as a whole", () => {
    const story = [over("A", 0, 1, ["s1"]), over("A", 1, 1, ["s1"]), enters, over("A", 1, 2), over("B", 0, 2)]
    expect(told(story)).toEqual([
      "A goes over to position 1; s1 opens",
      "work-1 is admitted to s1 on B.0",
      "A.1 and B go over to position 2; s1 closes"
    ])
  })

  it("a session that closes around somebody, and a node that is done all the same, are told", () => {
    const story = [over("B", 0, 1, ["s1"]), enters, over("B", 0, 2), accepts("B", 2), answers("B")]
    expect(told(story)).toEqual([
      "B goes over to position 1; s1 opens",
      "work-1 is admitted to s1 on B.0",
      "B.0 goes over to position 2: s1 is closing, with work-1 inside",
      "B accepts barrier 3 at position 2",
      "B does barrier 3, and work-1 is still inside s1"
    ])
  })

  it("whoever restarts is inside nothing any more", () => {
    const story = [over("B", 0, 1, ["s1"]), enters, label("Restarted", { node: "B" }), over("B", 0, 2), answers("B")]
    expect(told(story).slice(-1)).toEqual(["B goes over to position 2 and does barrier 3"])
  })

  it("a step that a law needs is told by itself, however little it says", () => {
    expect(told([over("A", 0, 1), over("A", 0, 2), over("A", 0, 3)], [1])).toEqual([
      "A goes over to position 1",
      "A.0 goes over to position 2",
      "A goes over to position 3"
    ])
  })

  it("a step that comes twice, as one and the same value, is told in the light of its own past", () => {
    const turn = over("B", 0, 2)
    expect(told([over("B", 0, 1, ["s1"]), enters, turn, over("B", 0, 3, ["s1"]), turn], [3, 4]).slice(-2)).toEqual([
      "B.0 goes over to position 3: s1 opens",
      "B.0 goes over to position 2: s1 is closing, with work-1 inside"
    ])
  })

  it("whoever accepts a barrier and never answers is told", () => {
    expect(told([over("A", 0, 1), accepts("A", 1)])).toEqual([
      "A goes over to position 1; A accepts barrier 3 at position 1"
    ])
  })
})
