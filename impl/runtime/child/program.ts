/**
 * Programs of processes, each compiled as a whole.
 *
 * A process that compiles its modules one by one as it loads them needs a second of computing before it serves, most of it for
 * modules that it never enters. One file of what the program reaches needs a seventh of that, and clusters start many processes.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { fileURLToPath } from "node:url"

/** As much as is needed of the compiler by which `tsx` runs the same modules elsewhere; it comes with `tsx`. */
interface Compiler {
  buildSync(options: {
    readonly entryPoints: ReadonlyArray<string>
    readonly outfile: string
    readonly bundle: true
    readonly platform: "node"
    readonly format: "esm"
    readonly keepNames: true
    readonly logLevel: "silent"
  }): unknown
}

const compiled = new Map<string, string>()
let folder: string | undefined

/** The path of a program that does what this TypeScript file does; written once by each process that asks. Throws what does not compile. */
export function programOf(main: URL): string {
  const path = fileURLToPath(main)
  const known = compiled.get(path)
  if (known !== undefined) return known
  const compiler: Compiler = createRequire(createRequire(import.meta.url).resolve("tsx"))("esbuild")
  folder ??= newFolder()
  const outfile = join(folder, `${compiled.size}-${basename(path, ".ts")}.mjs`)
  const how = { bundle: true, platform: "node", format: "esm", keepNames: true, logLevel: "silent" } as const
  compiler.buildSync({ entryPoints: [path], outfile, ...how })
  compiled.set(path, outfile)
  return outfile
}

function newFolder(): string {
  const made = mkdtempSync(join(tmpdir(), "portcullis-programs-"))
  process.once("exit", () => rmSync(made, { recursive: true, force: true }))
  return made
}
