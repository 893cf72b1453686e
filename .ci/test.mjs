// Runs every test and closes with the one line that CI reads: `N passed, N failed`.
import { spawn } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const folder = mkdtempSync(join(tmpdir(), "portcullis-test-"))
const results = join(folder, "results.json")
const vitest = join("node_modules", "vitest", "vitest.mjs")
const args = [
  vitest,
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${results}`,
  ...process.argv.slice(2)
]
const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] })
child.on("exit", (code) => {
  const ran = existsSync(results) ? JSON.parse(readFileSync(results, "utf8")) : undefined
  rmSync(folder, { recursive: true, force: true })
  if (ran === undefined) {
    console.log("The test runner ended before it wrote its results.\n0 passed, 1 failed")
    process.exit(1)
  }
  const skipped = ran.numPendingTests + ran.numTodoTests
  // A test left out for want of a tool proves nothing, so on CI it counts as failed.
  const leftOut = process.env.CI === "true" ? skipped : 0
  const failedFiles = ran.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0
  ).length
  const inTests = ran.numFailedTests + failedFiles + leftOut
  // An error outside of every test, such as a rejection that nobody handles, shows in the exit status alone.
  const failed = inTests === 0 && code !== 0 ? 1 : inTests
  if (skipped > 0) console.log(`${skipped} skipped${leftOut > 0 ? ", which CI counts as failed" : ""}.`)
  console.log(`${ran.numPassedTests} passed, ${failed} failed`)
  process.exit(code === 0 && failed === 0 && ran.numPassedTests > 0 ? 0 : 1)
})
