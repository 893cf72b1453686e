import { mkdir, open, readFile, rename } from "node:fs/promises"
import { dirname } from "node:path"
import { crc32 } from "node:zlib"
import { DamagedFile } from "./record-file.ts"

const lengthDigits = 10
const checksumDigits = 8

/**
 * A small file that is replaced as a whole: a first line that says what it is, how long, and by which checksum, and then a text.
 *
 * It is written under another name, synced, and renamed: whoever reads it finds what was there before or what came after, also
 * after a `kill -9`. Anything else is damage, and is refused with the byte where it begins.
 */
export interface WholeFile {
  readonly path: string
  /** What the first line must begin with, so that no file is taken for one of another kind. */
  readonly format: string
}

/** The file's text; nothing if there is no such file. Rejects with `DamagedFile`. */
export async function readWholeFile(file: WholeFile): Promise<string | undefined> {
  const bytes = await bytesOf(file.path)
  if (bytes === undefined) return undefined
  const { length, checksum, from } = readFirstLine(file, bytes)
  const text = bytes.subarray(from)
  if (text.length < length) throw damaged(file, bytes.length, `the file ends, and ${more(length - text.length)}`)
  if (text.length > length)
    throw damaged(file, from + length, `${following(text.length - length)}, and the end of the file was expected`)
  const real = checksumOf(text)
  if (real !== checksum) throw damaged(file, from, `the text has the checksum ${real}, and ${checksum} was expected`)
  return text.toString("utf8")
}

/** Resolves when the text is what anybody will find, whatever happens to this process or machine. */
export async function writeWholeFile({ path, format }: WholeFile, text: string): Promise<void> {
  const body = Buffer.from(text, "utf8")
  const length = String(body.length).padStart(lengthDigits, "0")
  const bytes = Buffer.concat([Buffer.from(`${format} ${length} ${checksumOf(body)}\n`, "utf8"), body])
  await mkdir(dirname(path), { recursive: true })
  const fresh = `${path}.new`
  const handle = await open(fresh, "w")
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(fresh, path)
  // Without this the new name may be gone after a power failure.
  const directory = await open(dirname(path), "r")
  await directory.sync().finally(() => directory.close())
}

interface FirstLine {
  readonly length: number
  readonly checksum: string
  /** Where the text begins. */
  readonly from: number
}

function readFirstLine(file: WholeFile, bytes: Buffer): FirstLine {
  const prefix = `${file.format} `
  const from = Buffer.byteLength(prefix) + lengthDigits + 1 + checksumDigits + 1
  const line = bytes.subarray(0, from).toString("latin1")
  const known = prefix.slice(0, line.length)
  if (!line.startsWith(known))
    throw damaged(
      file,
      0,
      `the file begins with ${JSON.stringify(line.slice(0, prefix.length))}, and ${JSON.stringify(prefix)} was expected`
    )
  if (line.length < from)
    throw damaged(file, line.length, `the file ends, and ${more(from - line.length)} of its first line`)
  const numbers = /^([0-9]{10}) ([0-9a-f]{8})\n$/.exec(line.slice(prefix.length))
  if (numbers === null) throw damaged(file, prefix.length, "a length and a checksum were expected")
  const [, length = "", checksum = ""] = numbers
  return { length: Number(length), checksum, from }
}

async function bytesOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
    throw error
  }
}

const damaged = ({ path }: WholeFile, offset: number, what: string): DamagedFile =>
  new DamagedFile(`${path}, byte ${offset}`, what)

const more = (bytes: number): string => (bytes === 1 ? "1 byte more was expected" : `${bytes} bytes more were expected`)
const following = (bytes: number): string => (bytes === 1 ? "1 byte follows" : `${bytes} bytes follow`)

const checksumOf = (bytes: Uint8Array): string => crc32(bytes).toString(16).padStart(checksumDigits, "0")
