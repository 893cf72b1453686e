// Goal: whatever the package exports is documented, and the reference says what the code says. Method: ask the compiler.
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { expect, test } from "vitest"
import { entryNames, withEntries } from "./exports.ts"
import { apiPage } from "./page.ts"

const place = (name: string): URL => new URL(`${name}.md`, import.meta.url)

test("api: everything that an entry exports has a docstring", () => {
  const silent = withEntries((entries) =>
    entries.flatMap(({ name, namespaces }) =>
      namespaces.flatMap(({ path, doc, exported }) => [
        ...(doc === "" ? [`${name}: ${path}`] : []),
        ...exported.filter((one) => one.doc === "").map((one) => `${name}: ${path}.${one.name} (${one.file})`)
      ])
    )
  )
  expect(silent).toEqual([])
})

test("api: the reference is what the docstrings and declarations say", () => {
  const pages = withEntries((entries, typeOf) => entries.map((entry) => apiPage(entry, typeOf)))
  for (const [at, name] of entryNames.entries()) {
    const page = pages[at] ?? ""
    if (process.env.UPDATE_DOCS === "1") writeFileSync(place(name), page)
    expect(existsSync(place(name)) ? readFileSync(place(name), "utf8") : "").toBe(page)
  }
})
