// Goal: there are enough ways to be wrong whose verdict and message are pinned. Method: count what the goldens pin.
import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"

const folder = new URL("goldens/", import.meta.url)

/** A case is a line, and its verdict an indented line behind it. */
const casesIn = (file: string): ReadonlyArray<string> =>
  readFileSync(new URL(file, folder), "utf8")
    .split(/\n(?! {4})/)
    .filter((text) => text !== "")
    .map((text) => text.split("\n    ")[0]!)

test("kit: self-tests: there are at least 300 with a pinned verdict and message, and no two are the same", () => {
  const counts = Object.fromEntries(readdirSync(folder).map((file) => [file, casesIn(file).length]))
  const all = readdirSync(folder).flatMap((file) => casesIn(file).map((what) => `${file}: ${what}`))
  expect(new Set(all).size).toBe(all.length)
  expect(counts).toEqual({ "altered.txt": 77, "misuse.txt": 234, "processes.txt": 41, "sockets.txt": 36 })
})
