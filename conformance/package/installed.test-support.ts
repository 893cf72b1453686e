/** The package as whoever installs it has it: packed by npm, laid out in an empty folder outside of the repository. */
import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { root } from "../house/repository.test-support.ts"

interface Manifest {
  readonly name: string
  readonly version: string
  readonly bin: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>
  readonly dependencies: Readonly<Record<string, string>>
}

/** How a command ended, and all that it said. */
export interface Ran {
  readonly status: number | null
  readonly said: string
}

export interface Installed {
  /** The folder that it was installed into; nothing else is there. */
  readonly folder: string
  readonly tarball: Uint8Array
  readonly manifest: Manifest
  /** Every file of the package, from its root. */
  readonly files: ReadonlyArray<{ readonly path: string; readonly size: number }>
  /** Runs a command in the folder. */
  run(command: string, ...args: ReadonlyArray<string>): Ran
  remove(): void
}

interface Packed {
  readonly filename: string
  readonly files: ReadonlyArray<{ readonly path: string; readonly size: number }>
}

/**
 * Packs and installs.
 *
 * The folder is laid out as npm would lay it out, without a registry: what the package depends on is linked from the
 * repository, which has it in the versions of the lockfile. Whatever else the repository has is out of reach.
 */
export const installed = (): Installed => {
  const folder = mkdtempSync(join(tmpdir(), "portcullis-installed-"))
  const modules = join(folder, "node_modules")
  const home = join(modules, "portcullis")
  mkdirSync(home, { recursive: true })
  const { filename, files } = packedInto(folder)
  must("tar", ["-xzf", join(folder, filename), "-C", home, "--strip-components=1"], folder)
  const tarball = readFileSync(join(folder, filename))
  rmSync(join(folder, filename))
  const manifest: Manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8"))
  for (const name of Object.keys(manifest.dependencies)) link(join(root, "node_modules", name), join(modules, name))
  for (const [name, file] of Object.entries(manifest.bin))
    link(join("..", "portcullis", file), join(modules, ".bin", name))
  // As `npm install` leaves it: without a manifest of its own, npx would look for a project further up.
  writeFileSync(join(folder, "package.json"), JSON.stringify({ dependencies: { portcullis: manifest.version } }))
  return {
    folder,
    tarball,
    manifest,
    files,
    run: (command, ...args) => ran(command, args, folder),
    remove: () => rmSync(folder, { recursive: true, force: true })
  }
}

const packedInto = (folder: string): Packed => {
  const said = must("npm", ["pack", "--json", "--loglevel=error", "--pack-destination", folder], root)
  const told: ReadonlyArray<Packed> | Readonly<Record<string, Packed>> = JSON.parse(said)
  const [packed] = Object.values(told)
  if (packed === undefined) throw new Error("npm packed nothing")
  return packed
}

const link = (to: string, from: string): void => {
  mkdirSync(dirname(from), { recursive: true })
  symlinkSync(to, from)
}

const ran = (command: string, args: ReadonlyArray<string>, cwd: string): Ran => {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 26,
    env: plainly()
  })
  return { status, said: `${stdout}${stderr}`.trim() }
}

const must = (command: string, args: ReadonlyArray<string>, cwd: string): string => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8", env: plainly() })
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? stderr}`)
  return stdout
}

/** This process's environment without what the test runner, or the npm that started it, has set for itself. */
const plainly = (): NodeJS.ProcessEnv => {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_OPTIONS$|NODE_ENV$)/i.test(name))
  return { ...Object.fromEntries(kept), NO_COLOR: "1" }
}
