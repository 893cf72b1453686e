import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, it } from "vitest"
import { protocols } from "../cli/protocols.ts"
import { filesBelow, root, sources, textOf } from "./repository.test-support.ts"

const lengthOf = (file: string): number => textOf(file).split("\n").length - 1

/** Words that put something off or hide it, split here so that this file does not hold them itself. The linter forbids `any`. */
const forbidden = new RegExp(
  ["\\bTO" + "DO\\b", "\\bFIX" + "ME\\b", "@ts-(ignore|nocheck|expect-error)", "biome-" + "ignore"].join("|")
)

interface Manifest {
  readonly engines: { readonly node: string }
  readonly devDependencies: Readonly<Record<string, string>>
}

const manifest: Manifest = JSON.parse(textOf("package.json"))

const documents = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]

/** Links to files, without those into the web and within the page. */
const linksIn = (text: string): ReadonlyArray<string> =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = ""]) => (/^(https?:|mailto:|#)/.test(link) ? [] : [link]))

const repeated = (names: ReadonlyArray<string>): ReadonlyArray<string> =>
  names.filter((name, at) => names.indexOf(name) !== at)

describe("house: files", () => {
  it("no TypeScript file is longer than 500 lines", () => {
    expect(sources().filter((file) => lengthOf(file) > 500)).toEqual([])
  })

  it("half of the TypeScript files are shorter than 150 lines", () => {
    const lengths = sources()
      .map(lengthOf)
      .sort((one, other) => one - other)
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(150)
  })

  it("nothing is put off, and no complaint is silenced", () => {
    expect(sources().filter((file) => forbidden.test(textOf(file)))).toEqual([])
  })

  it("nothing is exported without a name", () => {
    expect(sources().filter((file) => /^export default /m.test(textOf(file)))).toEqual([])
  })

  it("every law and every assumption has an id of its own, in the dossier's form", () => {
    const ids = protocols.flatMap(({ laws, assumptions }) => [...laws, ...assumptions]).map(({ id }) => id)
    expect(repeated(ids)).toEqual([])
    expect(ids.filter((id) => !/^(DCP-[SLWA]|SES-[SVCDLWF]|VB-[SDLWF]|RU-[SVAW])[0-9]+[a-z]?$/.test(id))).toEqual([])
  })

  it("every relative link of a document leads to a file", () => {
    const files = [
      ...documents,
      ...filesBelow("docs", ".md"),
      ...filesBelow("spec", ".md"),
      ...filesBelow("conformance", ".md")
    ]
    const dead = files
      .filter((file) => existsSync(join(root, file)))
      .flatMap((file) =>
        linksIn(textOf(file))
          .filter((link) => !existsSync(join(root, dirname(file), link.replace(/#.*$/, ""))))
          .map((link) => `${file}: ${link}`)
      )
    expect(dead).toEqual([])
  })
})

describe("house: package", () => {
  it("one Node version is the floor: for the package, the check before each start, and the types", () => {
    const [, major, minor] = /major < ([0-9]+) .*minor < ([0-9]+)/.exec(textOf(".ci/ready.mjs")) ?? []
    expect(manifest.engines.node).toBe(`>=${major}.${minor}`)
    expect(manifest.devDependencies["@types/node"]).toMatch(new RegExp(`^${major}\\.`))
  })
})
