import { describe, expect, test } from "vitest"
import { scenarioNames } from "../../conformance/talk/scenarios.ts"
import { chapterClaims, freshText } from "./chapter-claims.test-support.ts"
import { lawNumbers } from "./laws-text.ts"
import { linksOf, partsOf } from "./markdown.ts"
import { makePart } from "./parts.ts"
import { shellClaims } from "./shell-claims.test-support.ts"

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

  shellClaims("dcp", place)
})
