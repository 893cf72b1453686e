import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { sanitize, withoutCommands } from "./terminal-text.ts"

describe("report: terminal text", () => {
  it("loses colours, cursor moves and window titles", () => {
    expect(sanitize("\u001b[31mred\u001b[0m \u001b[2J\u001b]0;owned\u0007after \u009b1mbold")).toBe("red after bold")
  })

  it("keeps to one line, so that it cannot fake a line of ours", () => {
    expect(sanitize("outputs\r\n✓ pass\tyes\u2028end")).toBe("outputs ✓ pass yes end")
  })

  it("cannot turn the reading direction or hide characters", () => {
    expect(sanitize("a\u202eb\u2066c\u200bd\ufeff")).toBe("abcd")
  })

  it("shows half a surrogate pair as unreadable", () => {
    expect(sanitize("x\ud800y")).toBe("x\ufffdy")
  })

  it("is no command of the server that it is printed on", () => {
    const said =
      "::error::x\n  ::add-mask::y\nfine :: here\ntext ##vso[task.complete]\n##[error]z ##teamcity[a] # plain ## title"
    expect(withoutCommands(said)).toBe(
      "> ::error::x\n  > ::add-mask::y\nfine :: here\ntext # #vso[task.complete]\n# #[error]z # #teamcity[a] # plain ## title"
    )
  })

  it("has no control character left and is not changed by a second pass, whatever came in", () => {
    const hostile = fc.string({
      unit: fc.constantFrom("\u001b", "[", "]", "0", ";", "m", "\u0007", "\u009b", "a", "\n")
    })
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: "binary" })), (text) => {
        const clean = sanitize(text)
        expect(clean).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
        expect(sanitize(clean)).toBe(clean)
      })
    )
  })
})
