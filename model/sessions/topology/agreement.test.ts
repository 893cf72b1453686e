import { describe, expect, test } from "vitest"
import { explore } from "../../explorer/explore.ts"
import { exploreNaively } from "../../explorer/naive.ts"
import { asPinned } from "../../kernel/scope.ts"
import { topologyScopes } from "./scopes.ts"

// Only what the cache-free explorer walks in about a second.
const small = topologyScopes.filter(({ pinned }) => pinned.generated < 3_000)

describe("sessions: topology: explorer", () => {
  for (const scope of small)
    test(`sessions: topology: explorer: ${scope.name}: walking without any cache finds the same states and verdicts`, () => {
      const system = scope.system(asPinned)
      const fast = explore(system)
      const naive = exploreNaively(system)
      expect(naive.counts).toEqual(fast.counts)
      const told = fast.laws.map(({ id, verdict, length }) => ({
        id,
        verdict,
        ...(length === undefined ? {} : { length })
      }))
      expect(naive.laws).toEqual(told)
    })
})
