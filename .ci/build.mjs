// Writes `dist`, the package's code: JavaScript of what its entries and programs reach, and types of what its entries reach.
// Plain JavaScript, because `npm pack` runs it.
import { spawnSync } from "node:child_process"
import { readdirSync, readFileSync, rmSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, "dist")

rmSync(dist, { recursive: true, force: true })
const tsc = join(root, "node_modules", "typescript", "bin", "tsc")
const { status } = spawnSync(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json")], { stdio: "inherit" })
if (status !== 0) process.exit(1)

const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))
const reached = new Set()
const reach = (file) => {
  if (reached.has(file)) return
  reached.add(file)
  const imports = readFileSync(file, "utf8").matchAll(/(?:\bfrom |\bimport\()"(\.[^"]+)\.ts"/g)
  for (const [, path] of imports) reach(resolve(dirname(file), `${path}.d.ts`))
}
for (const { types } of Object.values(exports)) if (types !== undefined) reach(join(root, types))
// The compiler declares every file, and a law without a written type is declared with all words of its protocol spelt out. Nobody
// outside can name what no entry reaches, and it would be nine tenths of the whole.
for (const name of readdirSync(dist, { recursive: true })) {
  const file = join(dist, name)
  if (name.endsWith(".d.ts") && !reached.has(file)) rmSync(file)
}
