import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { layers, root, tool } from "./repository.test-support.ts"

/** One offence for each row of the table, and for each way around it that one could think of. */
const offences: Readonly<Record<string, { readonly imports: string; readonly breaks: ReadonlyArray<string> }>> = {
  "spec/reads-files.ts": { imports: `import "node:fs"`, breaks: ["spec-knows-only-effect"] },
  "spec/borrows-a-type.ts": {
    imports: `import type { Stats } from "node:fs"\nexport type Size = Stats["size"]`,
    breaks: ["spec-knows-only-effect"]
  },
  "spec/knows-the-model.ts": { imports: `import "../model/fine.ts"`, breaks: ["spec-knows-only-effect"] },
  "spec/reaches-up.test.ts": { imports: `import "../model/fine.ts"`, breaks: ["spec-tests-stay-in-spec"] },
  "model/reads-the-clock.ts": { imports: `import "node:timers"`, breaks: ["model-is-pure"] },
  "model/loads-late.ts": { imports: `export const late = () => import("node:fs")`, breaks: ["model-is-pure"] },
  "model/brings-a-library.ts": { imports: `import "library"`, breaks: ["model-is-pure"] },
  "model/knows-impl.ts": { imports: `export * from "../impl/fine.ts"`, breaks: ["model-is-pure"] },
  "model/reaches-up.test.ts": {
    imports: `import "../conformance/fine.ts"`,
    breaks: ["spec-and-model-tests-stay-below-conformance"]
  },
  "impl/sees-the-model.ts": {
    imports: `import "../model/fine.ts"`,
    breaks: ["impl-knows-effect-and-node", "impl-never-sees-the-model"]
  },
  "impl/sees-the-model.test.ts": { imports: `import "../model/fine.ts"`, breaks: ["impl-never-sees-the-model"] },
  "impl/sees-the-laws.ts": { imports: `import "../spec/dcp/laws.ts"`, breaks: ["impl-never-sees-the-laws"] },
  "impl/brings-a-library.ts": { imports: `import "library"`, breaks: ["impl-knows-effect-and-node"] },
  "conformance/kit/knows-impl.ts": {
    imports: `import "../../impl/fine.ts"`,
    breaks: ["conformance-meets-impl-only-in-adapters-and-museum"]
  },
  "conformance/quotes-docs.ts": { imports: `import "../docs/fine.ts"`, breaks: ["nothing-imports-docs"] },
  "conformance/chicken.ts": { imports: `import "./egg.ts"`, breaks: ["no-cycles"] },
  "conformance/lost.ts": { imports: `import "./nowhere.ts"`, breaks: ["no-unresolvable"] }
}

/** What everyone above may meet, and neighbours who do nothing wrong. */
const innocents: Readonly<Record<string, string>> = {
  "spec/fine.ts": "",
  "spec/ids.ts": "",
  "spec/dcp/messages.ts": "",
  "spec/dcp/laws.ts": "",
  "spec/fine.test.ts": `import "library"\nimport "./fine.ts"`,
  "model/fine.ts": `import "../spec/fine.ts"`,
  "impl/fine.ts": `import "node:fs"\nimport "../spec/ids.ts"\nimport "../spec/dcp/messages.ts"`,
  "conformance/fine.ts": `import "library"\nimport "../model/fine.ts"`,
  "conformance/adapters/fine.ts": `import "../../impl/fine.ts"`,
  "conformance/museum/fine.ts": `import "../../impl/fine.ts"`,
  // A cycle is told once, at the first of those who are in it.
  "conformance/egg.ts": `import "./chicken.ts"`,
  "docs/fine.ts": `import "../impl/fine.ts"\nimport "../conformance/fine.ts"`,
  "node_modules/library/package.json": `{ "name": "library", "version": "1.0.0", "main": "index.js" }`,
  "node_modules/library/index.js": "",
  "package.json": `{ "name": "tree", "type": "module", "dependencies": { "library": "1.0.0" } }`
}

interface Cruised {
  readonly summary: {
    readonly violations: ReadonlyArray<{ readonly from: string; readonly rule: { readonly name: string } }>
  }
}

const config = join(root, ".dependency-cruiser.cjs")

describe("house: imports", () => {
  let tree = ""
  let broken = new Map<string, ReadonlyArray<string>>()

  beforeAll(() => {
    tree = mkdtempSync(join(tmpdir(), "portcullis-imports-"))
    const offending = Object.entries(offences).map(([file, { imports }]) => [file, imports] as const)
    for (const [file, text] of [...offending, ...Object.entries(innocents)]) {
      mkdirSync(dirname(join(tree, file)), { recursive: true })
      writeFileSync(join(tree, file), `${text}\n`)
    }
    const args = ["--config", config, "--output-type", "json", ...layers]
    const { summary }: Cruised = JSON.parse(tool("dependency-cruiser/bin/dependency-cruise.mjs", args, tree).said)
    for (const { from, rule } of summary.violations)
      broken = new Map([...broken, [from, [...(broken.get(from) ?? []), rule.name].sort()]])
  })

  afterAll(() => rmSync(tree, { recursive: true, force: true }))

  for (const [file, { breaks }] of Object.entries(offences))
    it(`${file} is refused by ${breaks.join(" and ")}`, () => {
      expect(broken.get(file)).toEqual(breaks)
    })

  it("whoever keeps to the table is let through", () => {
    expect(Object.keys(innocents).filter((file) => broken.has(file))).toEqual([])
  })

  it("no row of the table is without an offence that it refuses", () => {
    const table: { readonly forbidden: ReadonlyArray<{ readonly name: string }> } = createRequire(config)(config)
    const refusing = new Set(Object.values(offences).flatMap(({ breaks }) => breaks))
    expect(table.forbidden.map(({ name }) => name).filter((name) => !refusing.has(name))).toEqual([])
  })
})
