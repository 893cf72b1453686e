// Goal: a new coordinator may take over at every point of a build, and no law minds. Method: explore a build without a failover,
// and with one; the election fires in as many states as the build has, so that none is left out, and what follows is seen whole.
import { describe, expect, test } from "vitest"
import { explore } from "../../explorer/explore.ts"
import { asPinned } from "../../kernel/scope.ts"
import type { Bounds } from "./bounds.ts"
import { moving, settled, stagedAt } from "./grounds.ts"
import { scope } from "./scope.ts"
import { late, staffed } from "./staffed/grounds.ts"

const builds: ReadonlyArray<readonly [about: string, bounds: Partial<Bounds>, points: number]> = [
  ["two nodes, two shards, two tablets, two views", { ...staffed, ...settled }, 168],
  ["a view comes at any time", staffed, 23],
  ["a node may be behind group 0", { ...staffed, ...late }, 452],
  ["an sstable in staging", { ...staffed, schemaFirst: 1, staging: [stagedAt("A.0")] }, 346],
  ["a tablet that moves, with plain workers", { ...moving, schemaFirst: 1 }, 257],
  ["two nodes, two shards, two tablets, two views, with plain workers", settled, 47]
]

const explored = (bounds: Partial<Bounds>) =>
  explore(scope("points", { about: "", bounds, pinned: [1, 1, 1] }).system(asPinned))

describe("view-building: failover at every point of a build", () => {
  for (const [about, bounds, points] of builds)
    test(`view-building: failover: ${about}: ${points} points`, { timeout: 240_000 }, () => {
      const build = explored(bounds)
      expect(build.counts.distinct).toBe(points)
      const { rules, laws } = explored({ ...bounds, failovers: 1 })
      expect(rules.find(({ name }) => name === "coordinator 2 is elected")?.fired).toBe(points)
      expect(laws.filter(({ verdict }) => verdict !== "holds")).toEqual([])
    })
})
