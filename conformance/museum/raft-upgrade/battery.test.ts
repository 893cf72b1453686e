// Goal: the battery holds nothing against the reference. Method: every story of it is told of a cluster with nothing changed.
import { describe, expect, test } from "vitest"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { cluster } from "../../../spec/raft-upgrade/memories/cluster.ts"
import { post } from "../../../spec/raft-upgrade/states.ts"
import { judged } from "../../adapters/raft-upgrade-cluster/judged.ts"
import { stories } from "./battery.ts"
import { lawsOf, tell } from "./story.ts"

/** Schemas of those that use group 0 in the end. No law says that they are one: that is what laws about commands come to. */
const schemasOf = (labels: ReadonlyArray<RaftUpgradeLabel>): ReadonlySet<string> => {
  const { nodes } = labels.reduce((now, label) => cluster.on(now, label), cluster.init)
  const users = nodes.filter(({ up, state, isLost, hasLeft }) => up && state === post && !isLost && !hasLeft)
  return new Set(users.map(({ schema }) => schema.join()))
}

describe("raft upgrade: museum: the reference passes", () => {
  test.each(stories.map((story) => [story.name, story] as const))("%s", async (_, story) => {
    const { labels, defects } = await tell(story, {})
    expect({ defects, broken: judged(labels, lawsOf(story)) }).toEqual({ defects: [], broken: [] })
    expect(schemasOf(labels).size).toBeLessThanOrEqual(1)
  })

  test("every story has a name of its own", () => {
    expect(new Set(stories.map(({ name }) => name)).size).toBe(stories.length)
  })
})
