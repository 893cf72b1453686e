// Goal: a node of the twin does in each state what the table says. Method: bring it there, ask it for each, and put what it does into
// the table's words.
import { describe, expect, test } from "vitest"
import { operations, permissions } from "../../../spec/raft-upgrade/permissions.ts"
import { upgradeStates } from "../../../spec/raft-upgrade/states.ts"
import { probes } from "./permissions.test-support.ts"

describe("raft upgrade: cluster: permissions", () => {
  test("the table has a row for each operation", () => {
    expect(permissions.map(({ operation }) => operation)).toEqual(operations)
  })

  for (const { operation, answers } of permissions)
    test(`${operation}`, async () => {
      const played = await Promise.all(upgradeStates.map(async (state) => [state, await probes[operation](state)]))
      expect(Object.fromEntries(played)).toEqual(answers)
    }, 30_000)
})
