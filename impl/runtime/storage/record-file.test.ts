import { appendFileSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import type { Log } from "../log.ts"
import { newDirectory } from "../scratch.test-support.ts"
import { RecordFile } from "./record-file.ts"

const warnings: string[] = []
const log: Log = { warn: (what, details) => warnings.push(`${what} ${JSON.stringify(details)}`) }
const newPath = () => join(newDirectory(), "records")

async function reopen(path: string, format = "test"): Promise<{ file: RecordFile; records: unknown[] }> {
  const records: unknown[] = []
  const file = await RecordFile.open({ path, format, read: (record) => records.push(record), log })
  return { file, records }
}

async function written(...records: unknown[]): Promise<string> {
  const path = newPath()
  const { file } = await reopen(path)
  await Promise.all(records.map((record) => file.append(record)))
  await file.close()
  return path
}

describe("runtime: record file", () => {
  test("what was appended is found again, in order, over several openings", async () => {
    const path = await written(1, { two: "zwei" })
    const { file, records } = await reopen(path)
    await file.append("three")
    await file.close()
    expect(records).toEqual([1, { two: "zwei" }])
    const again = await reopen(path)
    expect(again.records).toEqual([1, { two: "zwei" }, "three"])
    await again.file.close()
  })

  test("a tail that was torn anywhere is cut off, with a warning that says where, and what follows is read again", async () => {
    const whole = readFileSync(await written("first", "second"))
    const end = whole.lastIndexOf(0x0a, whole.length - 2) + 1
    for (let length = end; length < whole.length; length++) {
      const path = newPath()
      writeFileSync(path, whole.subarray(0, length))
      warnings.length = 0
      const { file, records } = await reopen(path)
      await file.append("third")
      await file.close()
      expect(records).toEqual(["first"])
      const cut = { path, at: end, bytes: length - end }
      const expected = `cut off the end of a record that was never written whole ${JSON.stringify(cut)}`
      expect(warnings).toEqual(length === end ? [] : [expected])
      const again = await reopen(path)
      await again.file.close()
      expect(again.records).toEqual(["first", "third"])
    }
  })

  test("a file that was torn in its very first line begins anew", async () => {
    const path = newPath()
    writeFileSync(path, "12")
    const { file, records } = await reopen(path)
    await file.append(1)
    await file.close()
    expect(records).toEqual([])
    const again = await reopen(path)
    await again.file.close()
    expect(again.records).toEqual([1])
  })

  test("a flipped bit anywhere before the last line's end is refused", async () => {
    const path = await written("first", "second")
    const whole = readFileSync(path)
    for (let at = 0; at < whole.length - 1; at++) {
      const damaged = Buffer.from(whole)
      damaged[at]! ^= 1
      writeFileSync(path, damaged)
      await expect(reopen(path)).rejects.toMatchObject({ name: "DamagedFile" })
    }
  })

  test("damage is told by file, line and checksum", async () => {
    const path = await written("first")
    appendFileSync(path, 'deadbeef "second"\n')
    await expect(reopen(path)).rejects.toThrow(
      `${path}, line 3: the record has the checksum 70a70db8, and "deadbeef" was expected`
    )
  })

  test("a file of another kind is refused", async () => {
    const path = await written("first")
    await expect(reopen(path, "other")).rejects.toThrow(
      `${path}, line 1: the file says that it is "test", and "other" was expected`
    )
  })

  test("nothing is taken after the close", async () => {
    const { file } = await reopen(newPath())
    await file.close()
    await expect(file.append(1)).rejects.toThrow("the file is closed")
  })
})
