import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { dcpDiagram } from "./dcp-story.ts"
import { death, diagram, message, note } from "./diagram.ts"
import { crash, ghost } from "./sample-stories.ts"
import { renderSvg } from "./svg-diagram.ts"
import { malformation } from "./well-formed.ts"

const two = [
  { id: "a", title: "Alice" },
  { id: "b", title: "Bob" }
]

describe("report: svg diagram", () => {
  it("draws the crash of MB-53445 with its reconnect", async () => {
    const picture = renderSvg(dcpDiagram("A stream that ends before it is acknowledged", crash))
    await expect(picture).toMatchFileSnapshot("goldens/crash.svg")
  })

  it("draws the ghost of MB-51223", async () => {
    const picture = renderSvg(dcpDiagram("A stream believed open after its end", ghost))
    await expect(picture).toMatchFileSnapshot("goldens/ghost.svg")
  })

  it("tells the whole story to those who cannot see it", () => {
    const picture = renderSvg(dcpDiagram("Crash", crash))
    expect(picture).toContain('role="img"')
    expect(picture).toContain("<title>Crash</title>")
    expect(picture).toContain("<desc>1. caller to consumer: setup [5].")
    expect(picture).toContain("7. consumer ends: crash UnexpectedStreamEnd 5.")
  })

  it("asks for nothing from elsewhere and runs nothing", () => {
    const picture = renderSvg(dcpDiagram("Crash", crash))
    expect(picture).not.toMatch(/<script|<style|href|url\(|@import|\sid=/)
  })

  it("is well formed and free of control characters, whatever the texts", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const words = `${text}<script>"'&\u001b[2J`
        const picture = renderSvg(
          diagram(words, two, [[message("a", "b", words, "lost")], [note(["a", "b"], words)], [death("b", words)]])
        )
        expect(malformation(picture)).toBeUndefined()
        expect(picture.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cs}]/u)
        expect(picture).not.toContain("<script")
      })
    )
  })
})
