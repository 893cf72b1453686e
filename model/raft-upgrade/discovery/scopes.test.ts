// Goal: discovery alone is seen whole. Method: each scope is explored to its end, and its counts and verdicts are as pinned.
import { expect, test } from "vitest"
import { W1, W2, W3 } from "../../../spec/raft-upgrade/laws/witnesses.ts"
import { explore } from "../../explorer/explore.ts"
import { claimScopes } from "../scopes.test-support.ts"
import { discoveryScopes } from "./scopes.ts"

claimScopes("raft upgrade: discovery: scopes", discoveryScopes, [W1, W2, W3])

test("raft upgrade: discovery: scopes: without a stable server nobody may come to a group, and other assumptions are not discovery's", () => {
  const [scope] = discoveryScopes
  const found = explore(scope!.system({ variant: {}, without: ["A1"] }))
  expect(found.laws.find(({ id }) => id === "RU-V9")?.verdict).toBe("violated")
  expect(() => scope!.system({ variant: {}, without: ["A6"] })).toThrow('discovery has no assumption "RU-A6"')
})
