// Goal: the page of frames is what really goes over the line. Method: hold the conversations again.
import { readFileSync, writeFileSync } from "node:fs"
import { expect, test } from "vitest"
import { framesPage } from "./frames-page.ts"

const place = new URL("frames.md", import.meta.url)

test("kit: frames: the worked conversations on the page are those that happen", async () => {
  const page = await framesPage()
  if (process.env.UPDATE_DOCS === "1") writeFileSync(place, page)
  expect(readFileSync(place, "utf8")).toBe(page)
})
