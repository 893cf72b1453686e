import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { lawReference } from "../../../conformance/report/law-reference.ts"
import { viewBuilding } from "../../../model/view-building/index.ts"
import { buildingLaws } from "../../../spec/view-building/laws.ts"
import { chapterClaims, freshText } from "../chapter-claims.test-support.ts"
import { anchorsOf, partsOf } from "../markdown.ts"
import { shellClaims } from "../shell-claims.test-support.ts"
import { hazardNumbers } from "./hazards.ts"
import { makePart } from "./parts.ts"

const place = new URL("../../../spec/view-building/README.md", import.meta.url)
// Laws are stated a group at a time, so that a new one has its heading by being there; what is claimed of headings is below.
const chapter = { protocol: "view-building", place, makePart, lawNumbers: [] }
const fresh = freshText(chapter)

describe("view-building: chapter", () => {
  chapterClaims(chapter, fresh)
  shellClaims("view-building", place)

  test("view-building: chapter: what reports say of where a law is written down is so", async () => {
    const anchors = anchorsOf(await fresh)
    const missed = buildingLaws
      .map(({ id }) => lawReference(id))
      .filter((reference) => {
        const [path = "", anchor = ""] = reference.split("#")
        return path !== "spec/view-building/README.md" || !anchors.has(anchor)
      })
    expect(missed).toEqual([])
  })

  test("view-building: chapter: every law is in a group that the chapter states", () => {
    const text = readFileSync(place, "utf8")
    const unstated = buildingLaws.filter(({ sentence }) => !text.includes(`**${sentence}**`))
    expect(unstated.map(({ id }) => id)).toEqual([])
  })

  test("view-building: chapter: every hazard is told under a heading of its own", async () => {
    const text = await fresh
    const anchors = anchorsOf(text)
    const told = new Set(partsOf(text).map(({ name }) => name))
    expect(hazardNumbers.filter((one) => !anchors.has(one.toLowerCase()) || !told.has(`hazard ${one}`))).toEqual([])
  })

  test("view-building: chapter: every scope that it names is there", () => {
    const named = readFileSync(place, "utf8").matchAll(/`(?:[^`]* )?((?:coordinator|worker)\.(?!NAME)\w+)[^`*]*`/g)
    const scopes = new Set(viewBuilding.scopes.map(({ name }) => name))
    expect([...named].map(({ 1: name = "" }) => name).filter((name) => !scopes.has(name))).toEqual([])
  })
})
