import { describe, expect, it } from "vitest"
import { renderPage } from "./html.ts"
import { buildRun } from "./run/build.ts"
import { compareRuns } from "./run/compare.ts"
import { sampleRun } from "./sample-report.ts"
import { malformation } from "./well-formed.ts"

const nothing = buildRun({
  kit: "0.1.0",
  seed: 1,
  specs: [],
  verdict: "pass",
  roles: [],
  scopes: [],
  counterexamples: [],
  sentence: () => ""
})

describe("report: html", () => {
  it("is one well-formed page", async () => {
    const page = renderPage(sampleRun)
    expect(malformation(page)).toBeUndefined()
    await expect(page).toMatchFileSnapshot("goldens/report.html")
  })

  it("runs nothing and asks for nothing, whatever an implementation calls itself", () => {
    const page = renderPage(sampleRun)
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;")
    expect(page).toContain("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;")
    expect(page).toContain("default-src 'none'")
    expect(page).not.toMatch(/<script|<img|<link|<iframe|\ssrc="|\shref="|url\(|@import/)
    expect(page.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u)
  })

  it("shows each divergence with its picture", () => {
    expect(renderPage(sampleRun).match(/<svg /g)).toHaveLength(1)
  })

  it("says nothing of what was not done", () => {
    const page = renderPage(nothing)
    expect(malformation(page)).toBeUndefined()
    expect(page).not.toMatch(/Explored scopes|Divergences|Since the previous run|Cases to look at/)
  })

  it("tells what has changed since another run", () => {
    const page = renderPage(sampleRun, compareRuns(nothing, sampleRun))
    expect(malformation(page)).toBeUndefined()
    expect(page).toContain("3 new failures, 0 fixed, 0 still failing, 9 cases added, 0 removed")
    expect(page).toContain("seed 1 then, 42 now")
  })

  it("stays under two megabytes for 100,000 transitions and a hundred long stories: pictures are left out, words are not", () => {
    const [story] = sampleRun.divergences
    const events = Array.from({ length: 40 }, () => story!.drawn.events).flat()
    const divergences = Array.from({ length: 100 }, (_, at) => ({
      ...story!,
      number: at + 1,
      drawn: { ...story!.drawn, events }
    }))
    const roles = sampleRun.roles.map((role) => ({
      ...role,
      coverage: { variant: "reference", transitions: 100_000, untried: 0, traces: 5_000, inputs: 900_000 }
    }))
    const page = renderPage({ ...sampleRun, roles, divergences })
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000)
    expect(page).toContain("100,000")
    expect(page.match(/<article/g)).toHaveLength(100)
    expect(page.match(/this one is left out/g)?.length).toBeGreaterThan(0)
    expect(malformation(page)).toBeUndefined()
  })
})
