import { expect, test } from "vitest"
import { columns } from "./columns.ts"

test("cli: columns: names stand below each other, and the sentence keeps to its column", () => {
  const rows = [
    ["S1", "history", "Each call gets at most one reply, and none once the connection has crashed."],
    ["L1", "leadsTo", "Every set-up is answered."]
  ]
  expect(columns(rows, 50)).toMatchInlineSnapshot(`
    "  S1  history  Each call gets at most one reply,
                   and none once the connection has
                   crashed.
      L1  leadsTo  Every set-up is answered."
  `)
})
