import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { scenarioNames } from "../../conformance/talk/scenarios.ts"
import { lawNumbers } from "./laws-text.ts"
import { anchorsOf, blocksOf, linksOf, partsOf, renewed } from "./markdown.ts"
import { makePart } from "./parts.ts"
import { runCommand } from "./run-block.ts"

const place = new URL("../../spec/dcp/README.md", import.meta.url)
const updating = process.env.UPDATE_DOCS === "1"

/** Explorations and blocks are done once, and all tests look at the same text. */
const fresh = renewed(readFileSync(place, "utf8"), makePart).then((text) => {
  if (updating) writeFileSync(place, text)
  return text
})

describe("dcp: chapter", () => {
  test("dcp: chapter: every generated part says what the repository says now", async () => {
    const now = partsOf(await fresh)
    const written = partsOf(readFileSync(place, "utf8"))
    const stale = now.filter(({ content }, index) => content !== written[index]?.content).map(({ name }) => name)
    expect(stale, "run `UPDATE_DOCS=1 npx vitest run docs`, read the diff, and commit it if you understand it").toEqual(
      []
    )
  })

  test("dcp: chapter: every law has a heading and its statement", async () => {
    const text = await fresh
    const anchors = anchorsOf(text)
    const stated = new Set(partsOf(text).map(({ name }) => name))
    const unstated = lawNumbers.filter((number) => !anchors.has(number.toLowerCase()) || !stated.has(`law ${number}`))
    expect(unstated, "each needs a heading of its number, a part `law NUMBER` below it, and a line why").toEqual([])
  })

  test("dcp: chapter: every link leads somewhere", async () => {
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
