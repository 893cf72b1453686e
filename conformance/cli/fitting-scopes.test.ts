import { describe, expect, it } from "vitest"
import { asPinned } from "../../model/kernel/scope.ts"
import { fits, fittingScopes } from "./fitting-scopes.ts"
import { protocolNamed, scopeNamed } from "./protocols.ts"

const sessions = protocolNamed("sessions")
const namesFor = (change: Partial<typeof asPinned>): ReadonlyArray<string> =>
  fittingScopes(sessions.scopes, { ...asPinned, ...change }).map(({ name }) => name)
const ofRegistry = (name: string): boolean => name.startsWith("registry.")

describe("cli: fitting scopes", () => {
  it("are all where nothing is changed", () => {
    expect(namesFor({})).toHaveLength(sessions.scopes.length)
  })

  it("are those that have the parameter or the assumption", () => {
    expect(namesFor({ without: ["F4"] }).some(ofRegistry)).toBe(false)
    expect(namesFor({ variant: { waitsFor: "versions" } }).some(ofRegistry)).toBe(false)
    expect(namesFor({ variant: { enter: "registered" } }).every(ofRegistry)).toBe(true)
    expect(fits(scopeNamed(sessions, "registry.oneSession"), { variant: {}, without: ["F4"] })).toBe(false)
  })

  it("are none where nobody has it, and everybody says what there is", () => {
    expect(() => namesFor({ variant: { colour: "red" } })).toThrow(
      /^sessions has no parameter "colour"; .*; the registry has no parameter "colour"; /
    )
  })
})
