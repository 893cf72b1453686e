import { describe, expect, it } from "vitest"
import { exitStatus } from "../cli/exit-status.ts"
import { soakText, statusOf } from "./report.ts"
import type { Soak } from "./soak.ts"

const asked = { script: "soak:sessions", seed: 5, from: 0, rounds: 1, unfenced: false }
const result = { round: 0, operations: 40, kills: 1, met: 2, complaints: [], seconds: 1 }
const good: Soak = { rounds: [result], labels: 1234, refusals: 3, laws: 35, failures: [], troubles: [] }
const failure = {
  round: 0,
  what: "SES-S6",
  why: "w lands on A.0",
  story: ["B leads term 2", "w enters t0@3 on A.0"],
  directory: "/tmp/kept"
}
const bad: Soak = { ...good, failures: [failure] }
const lost: Soak = {
  ...good,
  rounds: [],
  troubles: [{ rounds: [0, 1], why: "A has no journal", directory: "/tmp/kept" }]
}

describe("soak: report", () => {
  it("a soak that went well is two lines", () => {
    expect(soakText(good, asked, 2.5)).toMatchInlineSnapshot(`
      "  rounds  operations  kills  met at places  refusals  labels  laws judged  verdict  seconds
             1          40      1              2         3   1,234           35     pass      2.5"
    `)
  })

  it("a failure is told with its story, where it is kept, and how to see it again", () => {
    expect(soakText(bad, asked, 2.5).split("\n\n")[0]).toMatchInlineSnapshot(`
      "Round 0 of seed 5 fails: SES-S6: w lands on A.0
          B leads term 2
          w enters t0@3 on A.0
        kept in /tmp/kept
        again:  npm run soak:sessions -- --seed 5 --from 0 --rounds 1"
    `)
  })

  it("a history that is lost is told", () => {
    expect(soakText(lost, asked, 2.5).split("\n\n")[0]).toMatchInlineSnapshot(`
      "Rounds 0 to 1 of seed 5 cannot be judged: A has no journal
        kept in /tmp/kept"
    `)
  })

  it("the exit status is that of the command line: lost histories, failures, rounds left out, all well", () => {
    expect(statusOf(lost, asked)).toBe(exitStatus.adapterTrouble)
    expect(statusOf(bad, asked)).toBe(exitStatus.fail)
    expect(statusOf(good, { ...asked, rounds: 2 })).toBe(exitStatus.unknown)
    expect(statusOf(good, asked)).toBe(exitStatus.pass)
  })
})
