import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { newDirectory } from "../scratch.test-support.ts"
import { readWholeFile, type WholeFile, writeWholeFile } from "./whole-file.ts"

const newFile = (): WholeFile => ({ path: join(newDirectory(), "deep", "file"), format: "test 1" })

const written = async (text: string): Promise<WholeFile> => {
  const file = newFile()
  await writeWholeFile(file, text)
  return file
}

const damage = (file: WholeFile): Promise<string> =>
  readWholeFile(file).then(
    (text) => `nothing: ${text}`,
    (error: Error) => `${error.name}: ${error.message.replace(file.path, "FILE")}`
  )

describe("runtime: whole file", () => {
  test("what was written last is read, and there is nothing before that", async () => {
    const file = newFile()
    expect(await readWholeFile(file)).toBeUndefined()
    await writeWholeFile(file, "one")
    await writeWholeFile(file, "zwölf")
    expect(await readWholeFile(file)).toBe("zwölf")
    expect(existsSync(`${file.path}.new`)).toBe(false)
  })

  test("one that was cut off at any byte is refused, with the byte where it ends and what was expected", async () => {
    const whole = readFileSync((await written("text")).path)
    const firstLine = whole.indexOf(0x0a) + 1
    for (let length = 0; length < whole.length; length++) {
      const file = await written("text")
      writeFileSync(file.path, whole.subarray(0, length))
      const missing = (length < firstLine ? firstLine : whole.length) - length
      const expected = `${missing} ${missing === 1 ? "byte more was" : "bytes more were"} expected`
      const where = length < firstLine ? " of its first line" : ""
      expect(await damage(file)).toBe(`DamagedFile: FILE, byte ${length}: the file ends, and ${expected}${where}`)
    }
  })

  test("one with any byte changed is refused", async () => {
    const file = await written("text")
    const whole = readFileSync(file.path)
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole)
      changed[at] = changed[at]! ^ 1
      writeFileSync(file.path, changed)
      expect(await damage(file)).toMatch(/^DamagedFile: FILE, byte [0-9]+: /)
    }
  })

  test("one that goes on, or is of another kind, is refused", async () => {
    const file = await written("text")
    expect(await damage({ ...file, format: "best 1" })).toBe(
      'DamagedFile: FILE, byte 0: the file begins with "test 1 ", and "best 1 " was expected'
    )
    const { length } = readFileSync(file.path)
    appendFileSync(file.path, "!")
    expect(await damage(file)).toBe(
      `DamagedFile: FILE, byte ${length}: 1 byte follows, and the end of the file was expected`
    )
  })

  test("a write that was never finished leaves what was there", async () => {
    const file = await written("text")
    writeFileSync(`${file.path}.new`, "half of somet")
    expect(await readWholeFile(file)).toBe("text")
    await writeWholeFile(file, "next")
    expect(await readWholeFile(file)).toBe("next")
  })
})
