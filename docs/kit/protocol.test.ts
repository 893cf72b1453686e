// Goal: the reference says what the kit does. Method: make it again from the schemas and tables.
import { readFileSync, writeFileSync } from "node:fs"
import { expect, test } from "vitest"
import { protocolPage, protocolSchema } from "./protocol-page.ts"

test.each([
  ["protocol.md", protocolPage],
  ["protocol.schema.json", protocolSchema]
])("kit: protocol: %s is what the schemas say", (name, make) => {
  const place = new URL(name, import.meta.url)
  if (process.env.UPDATE_DOCS === "1") writeFileSync(place, make())
  expect(readFileSync(place, "utf8")).toBe(make())
})
