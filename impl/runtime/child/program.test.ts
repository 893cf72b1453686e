import { spawnSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { expect, test } from "vitest"
import { newDirectory } from "../scratch.test-support.ts"
import { programOf } from "./program.ts"

const written = (text: string): URL => {
  const directory = newDirectory()
  writeFileSync(join(directory, "part.ts"), "export class Part { readonly name: string = Part.name }\n")
  const main = join(directory, "main.ts")
  writeFileSync(main, text)
  return pathToFileURL(main)
}

const said = (main: URL): string =>
  spawnSync(process.execPath, [programOf(main), "argument"], { encoding: "utf8" }).stdout

test("programs: a TypeScript file and what it imports runs as one file, with its arguments and the names of its classes", () => {
  const main = written(
    'import { Part } from "./part.ts"\nconst part: Part = await Promise.resolve(new Part())\nconsole.log(part.name, process.argv[2])\n'
  )
  expect(said(main)).toBe("Part argument\n")
})

test("programs: a process compiles each program once", () => {
  const main = written("console.log(1)\n")
  const path = programOf(main)
  writeFileSync(main, "console.log(2)\n")
  expect(programOf(main)).toBe(path)
  expect(said(main)).toBe("1\n")
})

test("programs: what does not compile is refused with the place", () => {
  const main = written('import { other } from "./part.ts"\nother(\n')
  expect(() => programOf(main)).toThrow(/main\.ts:3:0: ERROR: Unexpected end of file/)
})
