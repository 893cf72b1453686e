import { describe, expect, test } from "vitest"
import { anchorsOf, blocksOf, linksOf, partsOf, renewed } from "./markdown.ts"

const text = `# Why the gate? S19 & more

<!-- generated: table -->
old
<!-- end -->

It takes <!-- generated: steps a b -->7<!-- end --> steps, see [why](#why-the-gate-s19--more).

\`\`\`sh exit=1
portcullis list laws
\`\`\`
`

describe("chapter: markdown", () => {
  test("chapter: markdown: parts are made anew where they stand, on lines of their own or within one", async () => {
    expect(partsOf(text).map(({ name, content }) => [name, content])).toEqual([
      ["table", "old"],
      ["steps a b", "7"]
    ])
    const made = await renewed(text, async ({ name }) => (name === "table" ? "| new |" : "8"))
    expect(made).toContain("<!-- generated: table -->\n| new |\n<!-- end -->")
    expect(made).toContain("It takes <!-- generated: steps a b -->8<!-- end --> steps")
    expect(await renewed(made, async ({ content }) => content)).toBe(made)
  })

  test("chapter: markdown: headings, links and blocks are found", () => {
    expect([...anchorsOf(text)]).toEqual(["why-the-gate-s19--more"])
    expect(linksOf(text)).toEqual(["#why-the-gate-s19--more"])
    expect(blocksOf(text)).toEqual([{ info: "sh exit=1", code: "portcullis list laws\n", line: 9 }])
  })
})
