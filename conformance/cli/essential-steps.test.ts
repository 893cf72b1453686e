// Goal: what a law needs is kept, and nothing else. Method: a law that counts the shards that went over to position 2.
import { describe, expect, it } from "vitest"
import { history, leadsTo } from "../../spec/law.ts"
import { ClusterLabel } from "../../spec/sessions/labels.ts"
import { NodeId, Position, ShardId, TabletId, Version } from "../../spec/sessions/metadata.ts"
import type { Label, Story } from "../report/story.ts"
import { essentialSteps } from "./essential-steps.ts"

const gone = (node: string, at: number): Label =>
  ClusterLabel.cases.ShardCommitted.make({
    node: NodeId.make(node),
    shard: ShardId.make(0),
    at: Position.make(at),
    version: Version.make(1),
    fence: Version.make(1),
    open: []
  })

const cleaned: Label = ClusterLabel.cases.Cleaned.make({
  node: NodeId.make("A"),
  shard: ShardId.make(0),
  tablet: TabletId.make("t1")
})

const story: Story = [[gone("A", 1)], [gone("B", 2)], [], [gone("A", 2)], [gone("C", 1)], [cleaned]].map(
  (labels, at) => ({ rule: `rule ${at}`, actor: "somebody", labels })
)

const follows = {
  name: "over at 2",
  init: 0,
  on: (over: number, label: Label) => (label._tag === "ShardCommitted" && label.at === 2 ? over + 1 : over)
}
const stated = { sentence: "", source: "" }

describe("cli: essential steps", () => {
  it("are those without which the law would not say the same", () => {
    const law = history<Label, number>("SES-X1", {
      ...stated,
      follows,
      breaks: (over, label) => (label._tag === "Cleaned" && over > 0 ? `${over} went over` : undefined)
    })
    expect(essentialSteps(law, story)).toEqual([1, 3])
  })

  it("of waiting are those for which somebody waits", () => {
    const law = leadsTo<Label, number>("SES-X2", {
      ...stated,
      given: [],
      follows,
      pending: (over) => (over > 0 ? "somebody waits" : undefined)
    })
    expect(essentialSteps(law, story)).toEqual([3])
  })

  it("are none where the law has nothing to say", () => {
    const law = history<Label, number>("SES-X3", { ...stated, follows, breaks: () => undefined })
    expect(essentialSteps(law, story)).toEqual([])
  })
})
