import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { scenarioNames } from "../../conformance/talk/scenarios.ts"
import { chapterClaims, freshText } from "./chapter-claims.test-support.ts"
import { lawNumbers } from "./laws-text.ts"
import { blocksOf, linksOf, partsOf } from "./markdown.ts"
import { makePart } from "./parts.ts"
import { runCommand } from "./run-block.ts"

const place = new URL("../../spec/dcp/README.md", import.meta.url)
const chapter = { protocol: "dcp", place, makePart, lawNumbers }
const fresh = freshText(chapter)

describe("dcp: chapter", () => {
  chapterClaims(chapter, fresh)

  test("dcp: chapter: every conversation is shown or led to", async () => {
    const text = await fresh
    const links = new Set(linksOf(text))
    const shown = new Set(partsOf(text).map(({ name }) => name))
    const missed = scenarioNames("dcp").filter(
      (name) => !links.has(`scenarios/${name}.talk`) && !shown.has(`talk ${name}`)
    )
    expect(missed).toEqual([])
  })

  // A shell block is commands, each followed by comments with what its output must contain; `exit=1` where it fails.
  for (const { info, code, line } of blocksOf(readFileSync(place, "utf8")).filter(({ info }) => /^sh( |$)/.test(info)))
    test(`dcp: chapter: the commands at line ${line} print what stands below them`, async () => {
      const expected = Number(/exit=(\d)/.exec(info)?.[1] ?? 0)
      let printed = ""
      for (const said of code.trim().split("\n")) {
        if (said.startsWith("# ")) expect(printed).toContain(said.slice(2))
        else {
          const ran = await runCommand(said)
          printed = ran.printed
          expect(ran.status, printed).toBe(expected)
        }
      }
    })
})
