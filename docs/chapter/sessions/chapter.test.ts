import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { anchorsOf, linksOf, partsOf, renewed } from "../markdown.ts"
import { lawNumbers } from "./laws-text.ts"
import { makePart } from "./parts.ts"

const place = new URL("../../../spec/sessions/README.md", import.meta.url)
const updating = process.env.UPDATE_DOCS === "1"

/** Explorations are done once, and all tests look at the same text. */
const fresh = renewed(readFileSync(place, "utf8"), makePart).then((text) => {
  if (updating) writeFileSync(place, text)
  return text
})

describe("sessions: chapter", () => {
  test("sessions: chapter: every generated part says what the repository says now", async () => {
    const now = partsOf(await fresh)
    const written = partsOf(readFileSync(place, "utf8"))
    const stale = now.filter(({ content }, index) => content !== written[index]?.content).map(({ name }) => name)
    expect(stale, "run `UPDATE_DOCS=1 npx vitest run docs`, read the diff, and commit it if you understand it").toEqual(
      []
    )
  })

  test("sessions: chapter: every law has a heading and its statement", async () => {
    const text = await fresh
    const anchors = anchorsOf(text)
    const stated = new Set(partsOf(text).map(({ name }) => name))
    const unstated = lawNumbers.filter((number) => !anchors.has(number.toLowerCase()) || !stated.has(`law ${number}`))
    expect(unstated, "each needs a heading of its number, and a part `law NUMBER` below it").toEqual([])
  })

  test("sessions: chapter: every link leads somewhere", async () => {
    const text = await fresh
    const anchors = anchorsOf(text)
    const broken = linksOf(text).filter((target) => {
      if (target.startsWith("https://")) return false
      const [path = "", anchor] = target.split("#")
      if (path !== "") return !existsSync(new URL(path, place))
      return anchor === undefined || !anchors.has(anchor)
    })
    expect(broken).toEqual([])
  })
})
