/** Running what a chapter shows: commands of portcullis, and TypeScript as if it stood beside the chapter. */
import { execFile } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { compiledCommand } from "../../conformance/package/compiled.test-support.ts"

const repository = fileURLToPath(new URL("../../", import.meta.url))

/** What a process printed, and how it ended. */
export interface Ran {
  readonly status: number
  readonly printed: string
}

const node = (args: ReadonlyArray<string>): Promise<Ran> =>
  new Promise((resolve) => {
    const options = { cwd: repository, timeout: 60_000, env: { ...process.env, NO_COLOR: "1" } }
    const child = execFile(process.execPath, args, options, (_, stdout, stderr) =>
      resolve({ status: child.exitCode ?? -1, printed: stdout + stderr })
    )
  })

/** Runs a line such as `portcullis explore dcp --scope oneStream`. */
export const runCommand = (line: string): Promise<Ran> => {
  const [program, ...args] = line.trim().split(/ +/)
  if (program !== "portcullis") throw new TypeError(`a chapter runs portcullis only, not "${line}"`)
  return node([compiledCommand(), ...args])
}

/** Runs TypeScript whose relative imports start from `folder`, a folder of the repository such as `spec/dcp/`. */
export const runTypeScript = async (code: string, folder: string): Promise<Ran> => {
  const place = mkdtempSync(join(tmpdir(), "portcullis-chapter-"))
  try {
    const file = join(place, "block.mts")
    const from = new URL(`../../${folder}`, import.meta.url)
    writeFileSync(
      file,
      code.replace(/from "(\.[^"]+)"/g, (_, path: string) => `from ${JSON.stringify(new URL(path, from).href)}`)
    )
    return await node(["--import", "tsx", file])
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
