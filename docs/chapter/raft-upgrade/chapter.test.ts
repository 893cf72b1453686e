import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { lawReference } from "../../../conformance/report/law-reference.ts"
import { upgradeLaws } from "../../../spec/raft-upgrade/laws.ts"
import { chapterClaims, freshText } from "../chapter-claims.test-support.ts"
import { anchorsOf, partsOf } from "../markdown.ts"
import { shellClaims } from "../shell-claims.test-support.ts"
import { scopes } from "./exploring.ts"
import { findingNumbers } from "./findings.ts"
import { ungrouped } from "./laws-text.ts"
import { makePart } from "./parts.ts"

const place = new URL("../../../spec/raft-upgrade/README.md", import.meta.url)
// Laws are stated a group at a time, so that a new one has its heading by being there; what is claimed of headings is below.
const chapter = { protocol: "raft-upgrade", place, makePart, lawNumbers: [] }
const fresh = freshText(chapter)

describe("raft-upgrade: chapter", () => {
  chapterClaims(chapter, fresh)
  shellClaims("raft-upgrade", place)

  test("raft-upgrade: chapter: what reports say of where a law is written down is so", async () => {
    const anchors = anchorsOf(await fresh)
    const missed = upgradeLaws
      .map(({ id }) => lawReference(id))
      .filter((reference) => {
        const [path = "", anchor = ""] = reference.split("#")
        return path !== "spec/raft-upgrade/README.md" || !anchors.has(anchor)
      })
    expect({ missed, ungrouped }).toEqual({ missed: [], ungrouped: [] })
  })

  test("raft-upgrade: chapter: every finding has a heading of its own", async () => {
    const text = await fresh
    const anchors = anchorsOf(text)
    expect(findingNumbers.filter((one) => !anchors.has(one.toLowerCase()))).toEqual([])
    const told = new Set(partsOf(text).map(({ name }) => name))
    expect(told).toContain("findings")
  })

  test("raft-upgrade: chapter: every scope that it names is there", () => {
    const named = readFileSync(place, "utf8").matchAll(/--scope (\w+(?:\.\w+)?)|`(discovery\.(?!NAME)\w+)`/g)
    const known = new Set(scopes.map(({ name }) => name))
    const missed = [...named].map(([, one, other]) => one ?? other ?? "").filter((name) => !known.has(name))
    expect(missed).toEqual([])
  })
})
