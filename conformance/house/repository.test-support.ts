/** The repository as its house rules see it: files, texts, and the tools that judge them. */
import { spawnSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** The folder of package.json. */
export const root = fileURLToPath(new URL("../..", import.meta.url))

/** The folders that hold our sources. */
export const layers = ["spec", "model", "impl", "conformance", "docs"] as const

/** Every file below a folder with one of these endings, as paths from the root. */
export const filesBelow = (folder: string, ...endings: ReadonlyArray<string>): ReadonlyArray<string> =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort()

/** Every TypeScript file of ours. */
export const sources = (): ReadonlyArray<string> => layers.flatMap((layer) => filesBelow(layer, ".ts"))

export const textOf = (file: string): string => readFileSync(join(root, file), "utf8")

/** How a tool ended, and what it said. */
export interface Said {
  readonly status: number | null
  readonly said: string
}

/** Runs a tool of node_modules in a folder. */
export const tool = (script: string, args: ReadonlyArray<string>, cwd = root): Said => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "node_modules", script), ...args], {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 26,
    env: { ...process.env, NO_COLOR: "1" }
  })
  return { status, said: `${stdout}${stderr}`.trim() }
}

/** What a tool has to complain of; nothing if it is content. */
export const complaints = ({ status, said }: Said): string => (status === 0 ? "" : `${said}\nexit status ${status}`)
