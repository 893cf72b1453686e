import { describe, expect, it } from "vitest"
import { visiting } from "./commands/museum.ts"
import type { Museum, MutantResult } from "./museum-api.ts"
import { RecordingShell } from "./shell.test-support.ts"

const killed: MutantResult = {
  id: "M01",
  verdict: "killed",
  law: "DCP-L1",
  by: "oneStream",
  length: 11,
  millis: 12.3,
  what: "an end is ignored"
}
const alive: MutantResult = { ...killed, id: "M02", verdict: "alive", law: null, length: null, what: "nobody noticed" }

const museum = (...results: ReadonlyArray<MutantResult>): Museum => ({
  protocol: "dcp",
  mutants: results.map(({ id, what }) => ({ id, sentence: what, origin: "plausible", breaks: ["DCP-L1"] })),
  run: async (id) => results.find((result) => result.id === id) ?? killed
})

describe("cli: museum", () => {
  it("passes when every mutant is noticed, and says by what", async () => {
    const shell = new RecordingShell()
    expect(await visiting([museum(killed)], { seed: 1 }, shell)).toBe(0)
    expect(shell.out).toMatchInlineSnapshot(`
      "  id   verdict  law     by         length  ms  what
        ───  ───────  ──────  ─────────  ──────  ──  ─────────────────
        M01  killed   DCP-L1  oneStream      11  12  an end is ignored

      pass: 1 killed, 0 equivalent, 0 alive
      "
    `)
  })

  it("fails when one lives, and the JSON says which", async () => {
    const shell = new RecordingShell()
    expect(await visiting([museum(killed, alive)], { seed: 1, json: true }, shell)).toBe(1)
    const { id, verdict, law, by, length, millis } = alive
    expect(JSON.parse(shell.out).mutants[1]).toEqual({ protocol: "dcp", id, verdict, law, by, length, millis })
  })

  it("behind an adapter each stands beside what becomes of it in process, and another verdict fails", async () => {
    const shell = new RecordingShell()
    const same: MutantResult = { ...killed, inProcess: { verdict: "killed", law: "DCP-S3" } }
    const other: MutantResult = { ...killed, id: "M02", inProcess: { verdict: "equivalent", law: null } }
    expect(await visiting([museum(same)], { seed: 1 }, shell)).toBe(0)
    expect(shell.out).toContain(
      "pass: 1 killed, 0 equivalent, 0 alive; 1 of 1 as in process, 0 of them by the same law\n"
    )
    expect(shell.out).toMatch(/ms {2}in process {2}what\n.*\n.* 12 {2}DCP-S3 /)
    expect(await visiting([museum(same, other)], { seed: 1 }, shell)).toBe(1)
    expect(shell.out).toContain("2 killed, 0 equivalent, 0 alive; 1 of 2 as in process, 0 of them by the same law\n")
  })

  it("mutants of two protocols may share a number, and each is told with its own protocol and sentence", async () => {
    const other: Museum = { ...museum({ ...killed, what: "another change" }), protocol: "sessions" }
    const shell = new RecordingShell()
    expect(await visiting([museum(killed), other], { seed: 1 }, shell)).toBe(0)
    expect(shell.out).toMatch(/ dcp +M01 .* an end is ignored\n +sessions +M01 .* another change\n/)
  })

  it("Ctrl-C between two mutants leaves the rest unknown", async () => {
    const shell = new RecordingShell(1)
    expect(await visiting([museum(killed, killed)], { seed: 1 }, shell)).toBe(2)
    expect(shell.out).toContain("unknown: 1 killed, 0 equivalent, 0 alive; stopped after 1 of 2\n")
  })
})
