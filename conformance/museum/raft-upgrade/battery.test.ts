// Goal: the battery holds nothing against the reference. Method: every story of it is told of a cluster with nothing changed.
import { describe, expect, test } from "vitest"
import { judged } from "../../adapters/raft-upgrade-cluster/judged.ts"
import { stories } from "./battery.ts"
import { lawsOf, tell } from "./story.ts"

describe("raft upgrade: museum: the reference passes", () => {
  test.each(stories.map((story) => [story.name, story] as const))("%s", async (_, story) => {
    const { labels, defects } = await tell(story, {})
    expect({ defects, broken: judged(labels, lawsOf(story)) }).toEqual({ defects: [], broken: [] })
  })

  test("every story has a name of its own", () => {
    expect(new Set(stories.map(({ name }) => name)).size).toBe(stories.length)
  })
})
