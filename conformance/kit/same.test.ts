import fc from "fast-check"
import { expect, test } from "vitest"
import { same } from "./same.ts"

const plain = fc.jsonValue()

test("kit: same: plain data is the same as its copy", () => {
  fc.assert(fc.property(plain, (value) => same(value, structuredClone(value))))
})

test("kit: same: plain data is the same exactly when its JSON text with sorted keys is", () => {
  fc.assert(fc.property(plain, plain, (one, other) => same(one, other) === (sorted(one) === sorted(other))))
})

test("kit: same: a field that is undefined counts as absent", () => {
  expect(same({ a: 1, b: undefined }, { a: 1 })).toBe(true)
  expect(same({ a: 1 }, { a: 1, b: undefined })).toBe(true)
  expect(same({ a: 1, b: null }, { a: 1 })).toBe(false)
})

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner
  )
