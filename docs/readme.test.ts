// Goal: the README says of the whole project what is so. Method: the table is made again, and what it leads to is looked up.
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { expect, test } from "vitest"
import { protocols } from "../conformance/cli/protocols.ts"
import { standingOf } from "../conformance/standing/standing.ts"
import { tours } from "../conformance/standing/toured.ts"
import { partsOf, renewed } from "./chapter/markdown.ts"
import { systemsTable } from "./systems-table.ts"

const root = new URL("../", import.meta.url)
const place = new URL("README.md", root)
const read = (path: string): string => readFileSync(new URL(path, root), "utf8")

test("readme: the table of systems says what the repository says now", async () => {
  const text = await renewed(read("README.md"), async ({ name }) => {
    if (name !== "systems") throw new TypeError(`nothing makes a part named "${name}"`)
    return systemsTable()
  })
  if (process.env.UPDATE_DOCS === "1") writeFileSync(place, text)
  expect(read("README.md"), "run `UPDATE_DOCS=1 npx vitest run docs/readme`").toBe(text)
  expect(partsOf(text).map(({ name }) => name)).toEqual(["systems"])
})

test("readme: every tour that is said to be taken each time is pinned by the test that takes it", () => {
  const unpinned = tours.filter(({ test, transitions }) => {
    const pinned = String(transitions).replace(/\B(?=(\d{3})+$)/g, "[_,]?")
    return test !== undefined && !new RegExp(`\\b${pinned}\\b`).test(read(test))
  })
  expect(unpinned).toEqual([])
})

test("readme: every command and chapter that the table leads to is there", () => {
  const scripts = read("package.json")
  const missing = protocols.flatMap((protocol) =>
    standingOf(protocol).flatMap(({ what, there = "" }) => {
      if (what === "chapter") return existsSync(new URL(there, root)) ? [] : [there]
      return [...there.matchAll(/`npm run ([^`]+)`/g)].flatMap(([, script = ""]) =>
        scripts.includes(`"${script}":`) ? [] : [script]
      )
    })
  )
  expect(missing).toEqual([])
})
