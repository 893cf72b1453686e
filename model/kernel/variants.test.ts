import { describe, expect, test } from "vitest"
import { varying } from "./variants.ts"

interface Door {
  readonly opens: "inwards" | "outwards"
  readonly lock: "none" | "key"
  /** Has values that no name stands for. */
  readonly size: number
}

const small: Door = { opens: "inwards", lock: "none", size: 1 }
const large: Door = { opens: "outwards", lock: "key", size: 2 }
const varied = varying<Door, "opens" | "lock">(
  "the door",
  { small, large },
  { opens: ["inwards", "outwards"], lock: ["none", "key"] }
)

describe("kernel: variants", () => {
  test("parameters are changed by name, in the variant given or in a named one", () => {
    expect(varied(small, {})).toEqual(small)
    expect(varied(small, { lock: "key" })).toEqual({ ...small, lock: "key" })
    expect(varied(small, { base: "large", lock: "none" })).toEqual({ ...large, lock: "none" })
  })

  test.each([
    [{ base: "huge" }, 'the door has no variant "huge"; it has small, large'],
    [{ colour: "red" }, 'the door has no parameter "colour"; it has base, opens, lock'],
    [{ size: "3" }, 'the door has no parameter "size"; it has base, opens, lock'],
    [{ toString: "red" }, 'the door has no parameter "toString"; it has base, opens, lock'],
    [{ lock: "bolt" }, 'the door parameter lock cannot be "bolt"; it can be none, key']
  ])("%o is refused, and what there is told", (changes, told) => {
    expect(() => varied(small, changes)).toThrow(told)
  })
})
