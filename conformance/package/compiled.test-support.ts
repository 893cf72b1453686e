/**
 * The command as it is installed: compiled, so that a process of it need not compile itself, which takes longer than most commands.
 *
 * It stands where the installed package would find its other files, and is made once for each version of the sources.
 */
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { root } from "../house/repository.test-support.ts"

const cache = join(root, "node_modules", ".cache", "portcullis")

/** What the package needs beside its code. */
const beside = ["package.json", "conformance"]

const layers = ["spec", "model", "impl", "conformance"]

/** What tells one version of the sources from another. */
const version = (): string => {
  const hash = createHash("sha256")
  for (const layer of layers)
    for (const name of readdirSync(join(root, layer), { recursive: true, encoding: "utf8" }).sort()) {
      if (!name.endsWith(".ts") || name.endsWith(".test.ts")) continue
      const { size, mtimeMs } = statSync(join(root, layer, name))
      hash.update(`${layer}/${name} ${size} ${mtimeMs}\n`)
    }
  return hash.digest("hex").slice(0, 16)
}

/** The path of the command's program. Throws where the sources do not compile. */
export const compiledCommand = (): string => {
  const home = join(cache, version())
  if (!existsSync(home)) make(home)
  return join(home, "dist", "conformance", "cli", "main.js")
}

const make = (home: string): void => {
  mkdirSync(cache, { recursive: true })
  const fresh = mkdtempSync(join(cache, "new-"))
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc")
  const how = ["--noCheck", "--declaration", "false", "--outDir", join(fresh, "dist")]
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json"), ...how], {
    encoding: "utf8"
  })
  if (status !== 0) throw new Error(`tsc: ${stdout}`)
  for (const name of beside) symlinkSync(join(root, name), join(fresh, name))
  try {
    renameSync(fresh, home)
  } catch (error) {
    // Another process was faster.
    if (!existsSync(home)) throw error
    rmSync(fresh, { recursive: true })
  }
}
