import { describe, expect, test } from "vitest"
import { scopes } from "../../model/dcp/scopes.ts"
import { explore } from "../../model/index.ts"
import { asPinned } from "../../model/kernel/scope.ts"
import { derived, differences } from "./check.ts"

// What the tiny checker walks in about a second.
const smaller = scopes.filter(({ pinned }) => pinned.generated < 16_000)

const certified = (name: string) => {
  const scope = scopes.find((scope) => scope.name === name)!
  const system = scope.system(asPinned)
  return { system, certificate: explore(system, { certified: true }).certificate! }
}

describe("dcp: certificates", () => {
  for (const { name, pinned } of smaller)
    test(`dcp: certificates: ${name}: a checker that shares nothing with the explorer derives the same`, () => {
      const { system, certificate } = certified(name)
      expect(differences(certificate, derived(system))).toEqual([])
      expect(certificate.perDepth).toHaveLength(pinned.depth + 1)
      expect(certificate.perDepth.reduce((sum, states) => sum + states, 0)).toBe(pinned.distinct)
    })

  test("dcp: certificates: another variant within the same bounds reaches other states", () => {
    const [before, shipped] = [certified("beforeFix").certificate, certified("secondList").certificate]
    expect(before.states).not.toBe(shipped.states)
  })

  test("dcp: certificates: a lie about any part is named", () => {
    const { system, certificate } = certified("oneStream")
    const truth = derived(system)
    const lies = [
      { ...certificate, states: certificate.states.replace(/^./, (digit) => (digit === "0" ? "1" : "0")) },
      { ...certificate, perDepth: certificate.perDepth.toReversed() },
      { ...certificate, perRule: certificate.perRule.map((times) => times + 1) },
      { ...certificate, verdicts: { ...certificate.verdicts, "DCP-S3": "violated" } },
      { ...certificate, definition: "" }
    ]
    expect(lies.map((lie) => differences(lie, truth).map((line) => line.split(":")[0]))).toEqual([
      ["states"],
      ["perDepth"],
      ["perRule"],
      ["verdicts"],
      ["definition"]
    ])
  })

  test("dcp: certificates: an exploration that was stopped has none", () => {
    const system = scopes[0]!.system(asPinned)
    expect(explore(system, { certified: true, maxStates: 10 }).certificate).toBeUndefined()
  })
})
