// Goal: the battery holds nothing against the reference. Method: every story of it is told of a cluster with nothing changed.
import { describe, expect, test } from "vitest"
import { brokenBy } from "../../adapters/view-building-cluster/broken.ts"
import { stories } from "./battery.ts"
import { unbounded } from "./bounds.ts"
import { lawsOf, tell } from "./story.ts"

describe("view building: museum: the reference passes", () => {
  test.each(stories.map((story) => [story.name, story] as const))("%s", async (_, story) => {
    const { labels, defects } = await tell(story, {})
    expect({ defects, broken: brokenBy(labels, lawsOf(story)), unbounded: unbounded(labels) }).toEqual({
      defects: [],
      broken: []
    })
  })

  test("every story has a name of its own", () => {
    expect(new Set(stories.map(({ name }) => name)).size).toBe(stories.length)
  })
})
