// Makes a fresh clone ready, then runs the rest of the command line: `node .ci/ready.mjs tsx file.ts ...`.
// Plain JavaScript without dependencies, because it runs before anything is installed.
import { spawn, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [major, minor] = process.versions.node.split(".").map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Portcullis needs Node 20.19 or newer; this is ${process.version}.`)
  process.exit(4)
}

const lock = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex")
const stamp = join(root, "node_modules", ".portcullis-lock")
const installed = existsSync(stamp) && readFileSync(stamp, "utf8") === lock
if (!installed) {
  console.error("Installing what is missing (once)...")
  // Not `npm ci`: it refuses a lockfile made where a registry lacks the binaries of some other platform. With --no-save the
  // lockfile is obeyed and left as it is.
  const npm = spawnSync("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32"
  })
  if (npm.status !== 0) {
    console.error(`npm install failed${npm.error ? `: ${npm.error.message}` : ` with exit status ${npm.status}`}.`)
    process.exit(3)
  }
  writeFileSync(stamp, lock)
}

const [command, ...rest] = process.argv.slice(2)
const bin =
  command === "node"
    ? [process.execPath, rest]
    : [process.execPath, [join(root, "node_modules", command, manifestBin(command)), ...rest]]
// The child gets Ctrl-C from the terminal itself; this process only waits and passes the verdict on.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {})
const child = spawn(bin[0], bin[1], { stdio: "inherit" })
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)))

function manifestBin(name) {
  const { bin } = JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8"))
  return typeof bin === "string" ? bin : bin[name]
}
