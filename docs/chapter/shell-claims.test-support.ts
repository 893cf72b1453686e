/** What is claimed of the commands that a chapter shows: they are run, and print what stands below them. */
import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { blocksOf } from "./markdown.ts"
import { runCommand } from "./run-block.ts"

/** A shell block is commands, each followed by comments with what its output must contain; `exit=1` where it fails. */
export const shellClaims = (protocol: string, place: URL): void => {
  for (const { info, code, line } of blocksOf(readFileSync(place, "utf8")).filter(({ info }) => /^sh( |$)/.test(info)))
    test(`${protocol}: chapter: the commands at line ${line} print what stands below them`, async () => {
      const expected = Number(/exit=(\d)/.exec(info)?.[1] ?? 0)
      let printed = ""
      for (const said of code.trim().split("\n")) {
        if (said.startsWith("# ")) expect(printed).toContain(said.slice(2))
        else {
          const ran = await runCommand(said)
          printed = ran.printed
          expect(ran.status, printed).toBe(expected)
        }
      }
    })
}
