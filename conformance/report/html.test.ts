import { describe, expect, it } from "vitest"
import { renderReport } from "./html.ts"
import { sampleReport } from "./sample-report.ts"
import { malformation } from "./well-formed.ts"

describe("report: html", () => {
  it("is one well-formed page", async () => {
    const page = renderReport(sampleReport)
    expect(malformation(page)).toBeUndefined()
    await expect(page).toMatchFileSnapshot("goldens/report.html")
  })

  it("runs nothing and asks for nothing, whatever an implementation calls itself", () => {
    const page = renderReport(sampleReport)
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;")
    expect(page).toContain("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;")
    expect(page).not.toMatch(/<script|<img|<link|<iframe|\ssrc="|\shref="|url\(|@import/)
    expect(page.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u)
  })

  it("shows each divergence with its picture", () => {
    expect(renderReport(sampleReport).match(/<svg /g)).toHaveLength(1)
  })

  it("says nothing of what was not done", () => {
    const page = renderReport({ kit: "0.1.0", seed: 1, results: [] })
    expect(malformation(page)).toBeUndefined()
    expect(page).not.toMatch(/Explored scopes|Museum|Divergences/)
  })
})
