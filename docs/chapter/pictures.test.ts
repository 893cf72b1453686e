import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { malformation } from "../../conformance/report/well-formed.ts"
import { pictures } from "./pictures.ts"

const updating = process.env.UPDATE_DOCS === "1"

describe("dcp: pictures", () => {
  for (const [path, draw] of Object.entries(pictures))
    test(`dcp: pictures: ${path} shows what the explorer finds now`, () => {
      const place = new URL(`../../${path}`, import.meta.url)
      const drawn = draw()
      expect(malformation(drawn)).toBeUndefined()
      if (updating) {
        mkdirSync(new URL(".", place), { recursive: true })
        writeFileSync(place, drawn)
      }
      const how = "run `UPDATE_DOCS=1 npx vitest run docs` and look at the picture before you commit it"
      expect(existsSync(place) && readFileSync(place, "utf8") === drawn, how).toBe(true)
    })
})
