// Goal: the page is good in a real browser. Method: open it headless with axe put into a copy, and print it.
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import axe from "axe-core"
import { Schema } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { renderPage } from "./html.ts"
import { compareRuns } from "./run/compare.ts"
import { hostile, runSaying } from "./run/hostile.test-support.ts"
import { sampleRun } from "./sample-report.ts"

const hasBrowser = spawnSync("chromium", ["--version"], { stdio: "ignore" }).status === 0

/** A browser beside other tests takes its time. */
const patienceMs = 120_000

const Findings = Schema.Struct({
  passes: Schema.Int,
  violations: Schema.Array(Schema.Struct({ id: Schema.String, impact: Schema.String, where: Schema.String }))
})
const read = Schema.decodeUnknownSync(Schema.fromJsonString(Findings))

/** Runs axe and leaves what it finds in the page, where the browser's dump shows it. */
const probe = `axe.run(document).then(({ passes, violations }) => {
  const found = document.createElement("code")
  found.id = "findings"
  found.textContent = encodeURIComponent(JSON.stringify({ passes: passes.length, violations: violations.map(({ id, impact, nodes }) =>
    ({ id, impact: impact ?? "none", where: nodes.map(({ html }) => html).join(" ").slice(0, 300) })) }))
  document.body.append(found)
})`

describe.skipIf(!hasBrowser)("report: page in a browser", () => {
  let folder = ""

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "portcullis-page-"))
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const chromium = (page: string, ...more: ReadonlyArray<string>): string => {
    const file = join(folder, "page.html")
    writeFileSync(file, page)
    const given = [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      `--user-data-dir=${join(folder, "profile")}`,
      ...more
    ]
    return spawnSync("chromium", [...given, `file://${file}`], { encoding: "utf8", maxBuffer: 1 << 26 }).stdout
  }

  /** The policy forbids scripts, so that it is taken out of the copy that is probed. */
  const probed = (page: string): string =>
    page
      .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "")
      .replace("</body>", () => `<script>${axe.source}</script><script>${probe}</script></body>`)

  const pages = [
    ["of failures", renderPage(sampleRun, compareRuns(runSaying("before"), sampleRun)), "1200,900"],
    ["of failures on a phone", renderPage(sampleRun), "500,900"],
    ["of a hostile adapter", renderPage(runSaying(hostile["leaves an attribute"])), "1200,900"]
  ] as const

  it.each(pages)(
    "axe finds nothing wrong with a page %s",
    (_, page, size) => {
      const dump = chromium(probed(page), `--window-size=${size}`, "--virtual-time-budget=20000", "--dump-dom")
      const [, found = ""] = /<code id="findings">([^<]*)</.exec(dump) ?? []
      const { passes, violations } = read(decodeURIComponent(found))
      expect(violations).toEqual([])
      expect(passes).toBeGreaterThan(15)
    },
    patienceMs
  )

  it(
    "its policy lets no script run, not even one that somebody has put in",
    () => {
      const script = '<script>document.title = "taken"</script>'
      const page = renderPage(sampleRun).replace("</body>", () => `${script}</body>`)
      expect(chromium(page, "--dump-dom")).toContain("<title>Portcullis report</title>")
      const open = page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "")
      expect(chromium(open, "--dump-dom")).toContain("<title>taken</title>")
    },
    patienceMs
  )

  it(
    "it can be printed",
    () => {
      const file = join(folder, "page.pdf")
      chromium(renderPage(sampleRun), `--print-to-pdf=${file}`)
      expect(readFileSync(file).subarray(0, 5).toString()).toBe("%PDF-")
    },
    patienceMs
  )
})
