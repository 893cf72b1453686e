// Goal: what is packed works where nothing of the repository is. Method: pack it, install it into an empty folder, and use it.
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core"
import { filterProblems } from "@arethetypeswrong/core/problems"
import { publint } from "publint"
import { formatMessage } from "publint/utils"
import { afterAll, beforeAll, describe, expect, it, test } from "vitest"
import { isReady } from "../examples/examples.test-support.ts"
import { root } from "../house/repository.test-support.ts"
import { type Installed, installed } from "./installed.test-support.ts"

const patienceMs = 240_000

let here: Installed
beforeAll(() => {
  here = installed()
}, patienceMs)
afterAll(() => here?.remove())

const portcullis = (...args: ReadonlyArray<string>) => here.run(join("node_modules", ".bin", "portcullis"), ...args)

/** The entries that are code. */
const entries = (): ReadonlyArray<string> =>
  Object.keys(here.manifest.exports)
    .filter((path) => !path.endsWith(".json"))
    .map((path) => path.replace(".", here.manifest.name))

describe("package: what is in it", () => {
  it("code, its types, and the files that it reads: no test, no golden, no source", () => {
    const known = [
      /^dist\/(spec|model|impl|conformance)\/.+(?<!\.test|\.bench|\.test-support)\.js$/,
      /^dist\/(spec|model|impl|conformance)\/.+\.d\.ts$/,
      /^conformance\/examples\/(README\.md|(c|go|java|python|rust)\/[\w.]+)$/,
      /^conformance\/(scaffold\/\w+|report\/regression)\/[\w.]+\.template$/,
      /^conformance\/transcripts\/[\w-]+\.jsonl\.br$/,
      /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|conformance\/cli\/bin\.mjs)$/
    ]
    const strange = here.files.filter(({ path }) => !known.some((form) => form.test(path)))
    expect(strange.map(({ path }) => path)).toEqual([])
    const unwanted = here.files.filter(({ path }) => /golden|\.(test|bench)\.js|\bsoak\b|\/bench\//.test(path))
    expect(unwanted.map(({ path }) => path)).toEqual([])
  })

  it("a tarball of less than 1.5 MB, less than 5 MB unpacked", () => {
    expect(here.tarball.length).toBeLessThan(1_500_000)
    expect(here.files.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(5_000_000)
  })
})

describe("package: its entries", () => {
  it("publint finds nothing wrong, and suggests nothing", async () => {
    const home = join(here.folder, "node_modules", "portcullis")
    const { messages, pkg } = await publint({ pkgDir: home, pack: false, level: "suggestion", strict: true })
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([])
  })

  it(
    "attw finds nothing wrong for whoever imports ES modules, from Node or through a bundler",
    async () => {
      const analysis = await checkPackage(createPackageFromTarballData(here.tarball))
      if (analysis.types === false) throw new Error("there are no types")
      expect(Object.keys(analysis.entrypoints)).toEqual(Object.keys(here.manifest.exports))
      // The resolution of Node 10 knows no `exports`; TypeScript 7 has dropped it.
      const problems = [
        ...filterProblems(analysis, { resolutionKind: "node16-esm" }),
        ...filterProblems(analysis, { resolutionKind: "bundler" })
      ]
      expect(problems).toEqual([])
      // Of `require` it says what was true before Node 20.19, our oldest; see the next test.
      const fromCommonJs = filterProblems(analysis, { resolutionKind: "node16-cjs" }).map(({ kind }) => kind)
      expect([...new Set(fromCommonJs)]).toEqual(["CJSResolvesToESM"])
    },
    patienceMs
  )

  it("every entry can be imported and required, and brings the same", () => {
    writeFileSync(
      join(here.folder, "entries.mjs"),
      `import { createRequire } from "node:module"
       const require = createRequire(import.meta.url)
       for (const entry of ${JSON.stringify(entries())})
         console.log(entry, (await import(entry)) === require(entry))`
    )
    const said = entries().map((entry) => `${entry} true`)
    expect(here.run(process.execPath, "--no-warnings", "entries.mjs")).toEqual({ status: 0, said: said.join("\n") })
  })

  it("nothing but the entries can be reached", () => {
    const reach = `import("portcullis/dist/spec/index.js").catch(({ code }) => console.log(code))`
    expect(here.run(process.execPath, "-e", reach)).toEqual({ status: 0, said: "ERR_PACKAGE_PATH_NOT_EXPORTED" })
  })

  test.each([
    ["NodeNext", "NodeNext"],
    ["ESNext", "Bundler"]
  ])(
    "the types of every entry resolve for module %s and resolution %s, without the types of Node",
    (module, resolution) => {
      writeFileSync(join(here.folder, "consumer.mts"), consumer)
      const options = { module, moduleResolution: resolution, target: "ES2023", lib: ["ES2023", "DOM"], types: [] }
      const config = { compilerOptions: { ...options, strict: true, noEmit: true }, files: ["consumer.mts"] }
      writeFileSync(join(here.folder, "tsconfig.json"), JSON.stringify(config))
      // Types of libraries are checked as well: ours may lean on nothing that is not there.
      const tsc = join(root, "node_modules", "typescript", "bin", "tsc")
      expect(here.run(process.execPath, tsc, "-p", ".")).toEqual({ status: 0, said: "" })
    }
  )
})

/** Uses a type and a value of each entry, and sees that a type refuses something: where types are lost, everything is allowed. */
const consumer = `
import { dcp as words, type Law, sessions } from "portcullis/spec"
import { asPinned, dcp, type Exploration, explore } from "portcullis/model"
import { connectTcp, type Socket } from "portcullis/impl"
import { type Adapter, checkRole, type Run } from "portcullis/conformance"

export const law: Law<words.DcpLabel> | undefined = words.laws[0]
export const label: words.DcpLabel = { _tag: "Reconnected" }
export const isRefused: { readonly _tag: "Nonsense" } extends words.DcpLabel ? false : true = true
export const ids: ReadonlyArray<string> = sessions.laws.map(({ id }) => id)
export const found: Exploration<words.DcpLabel> | undefined = dcp.dcp.scopes.map((scope) => explore(scope.system(asPinned)))[0]
export const socket: Promise<Socket> = connectTcp({ host: "127.0.0.1", port: 1 })
export const kit: [typeof checkRole, Adapter<unknown, unknown, unknown>?, Run?] = [checkRole]
`

describe("package: its command", () => {
  it("npx runs it", () => {
    expect(here.run("npx", "--no", "--loglevel=error", "portcullis", "--version")).toEqual({
      status: 0,
      said: here.manifest.version
    })
  })

  it("check holds our implementations against the models and writes a report", () => {
    const { status, said } = portcullis("check", "sessions", "--role", "registry", "--runs", "2")
    expect(said).toContain("pass; the report is report/index.html")
    expect(status).toBe(0)
  })

  it("the recordings of real implementations can be read", () => {
    const recordings = `
      import { recording } from "./node_modules/portcullis/dist/conformance/transcripts/replay.js"
      import { registryRecording } from "./node_modules/portcullis/dist/conformance/transcripts/session-registry.js"
      const ofDcp = ["dcp-consumer-connection", "dcp-consumer-connection-before-fix"].map(recording)
      console.log([...ofDcp, registryRecording()].map((runs) => runs.length).join())`
    writeFileSync(join(here.folder, "recordings.mjs"), recordings)
    expect(here.run(process.execPath, "recordings.mjs")).toEqual({ status: 0, said: "2000,2000,750" })
  })

  it("explore has helpers in other threads, and walkers", () => {
    const explored = portcullis("explore", "sessions", "--scope", "registry.oneSession", "--workers", "2")
    expect(explored.said).toContain("pass: 1 of 1 scope as pinned")
    const walked = portcullis(
      ...["explore", "sessions", "--scope", "registry.oneSession"],
      ...["--walks", "4", "--steps", "20", "--workers", "2"]
    )
    expect(walked.said).toContain("4 walks of at most 20 steps, seed 1")
  })

  it("init writes skeletons from the templates that are in the package", () => {
    const { status, said } = portcullis("init", "--language", "c", "--role", "dcp/consumer-connection", "--out", "in-c")
    expect(said).toContain(
      "in-c: adapter.c, which is yours to fill in; beside it, as it stays: frames.c, frames.h, json.c, json.h"
    )
    expect(status).toBe(0)
  })

  test.skipIf(!isReady("python"))("a skeleton in Python is unsupported, the complete example passes", () => {
    const role = ["--role", "sessions/registry", "--runs", "5"]
    expect(portcullis("init", "--language", "python", "--role", "sessions/registry", "--out", "mine").status).toBe(0)
    const skeleton = portcullis("check", "--adapter", "python3 mine/adapter.py", ...role)
    expect(skeleton.said).toContain("unsupported; the report is report/index.html")
    const example = "node_modules/portcullis/conformance/examples/python/session_registry_adapter.py"
    const complete = portcullis("check", "--adapter", `python3 -B ${example}`, ...role)
    expect(complete.said).toContain(
      "session_registry.py as sessions/registry obeys the laws, and follows reference, asShipped, inCreationOrder"
    )
    expect(complete.status).toBe(0)
  })

  it("a mutant in a process of its own breaks its law, and leaves a regression", () => {
    const child = "node_modules/portcullis/dist/conformance/museum/line/child.js"
    const found = portcullis(
      ...["check", "--adapter", `'${process.execPath}' ${child} dcp M45`, "--role", "dcp/consumer-connection"],
      ...["--runs", "60", "--report", "found"]
    )
    expect(found.said).toContain("DCP-S7")
    expect(found.status).toBe(1)
    expect(here.run("ls", "found").said).toContain("regression.test.mts")
  })
})
