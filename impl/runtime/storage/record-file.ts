import { type FileHandle, mkdir, open } from "node:fs/promises"
import { dirname } from "node:path"
import { crc32 } from "node:zlib"
import type { Log } from "../log.ts"

const newline = 0x0a
const checksumCharacters = 8

/** A file says something that was never written to it. Whoever needs it must restore it; nothing is guessed. */
export class DamagedFile extends Error {
  override readonly name = "DamagedFile"

  constructor(where: string, what: string) {
    super(`${where}: ${what}`)
  }
}

/** How a record file is opened. */
export interface RecordFileOptions {
  readonly path: string
  /** What the first record must say, so that no file is taken for one of another kind. */
  readonly format: string
  /** Takes every record of the file, the oldest first. Throws `DamagedFile` for one that means nothing here. */
  readonly read: (record: unknown, where: string) => void
  readonly log: Log
}

interface Waiting {
  readonly line: Uint8Array
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * An append-only file of checksummed lines. A record is there for good once its append has resolved.
 *
 * A process that dies in the middle of an append leaves a line without an end, which is cut off when the file is opened
 * again: nobody was told that it is there. Anything else that does not fit its checksum is damage, and is refused.
 */
export class RecordFile {
  readonly #file: FileHandle
  #waiting: Waiting[] = []
  #writing: Promise<void> | undefined
  /** Why nothing can be appended any more. After a failed fsync nobody knows what the disk holds. */
  #over: Error | undefined
  #closed = false

  private constructor(file: FileHandle) {
    this.#file = file
  }

  /** Reads a file and makes it ready for more, or creates it. */
  static async open(options: RecordFileOptions): Promise<RecordFile> {
    await mkdir(dirname(options.path), { recursive: true })
    const handle = await open(options.path, "a+")
    try {
      const lines = await readWhole(handle, options)
      const file = new RecordFile(handle)
      if (lines === 0) await file.#create(options)
      return file
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  /** Resolves when the record is on disk, behind every record appended before. Appends made together share one fsync. */
  append(record: unknown): Promise<void> {
    if (this.#over !== undefined) return Promise.reject(this.#over)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line: encodeLine(record), resolve, reject })
      this.#writing ??= this.#write()
    })
  }

  /** Resolves when everything appended is on disk or has failed, and the file is closed. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#over ??= new Error("the file is closed")
    await this.#writing
    await this.#file.close()
  }

  async #create({ path, format }: RecordFileOptions): Promise<void> {
    await this.append({ format })
    // Without this the file's name, and with it the file, may be gone after a power failure.
    const directory = await open(dirname(path), "r")
    await directory.sync().finally(() => directory.close())
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting
      this.#waiting = []
      try {
        await this.#file.appendFile(Buffer.concat(batch.map(({ line }) => line)))
        await this.#file.datasync()
        for (const { resolve } of batch) resolve()
      } catch (error) {
        this.#over = new Error(`the disk failed: ${error instanceof Error ? error.message : String(error)}`)
        for (const { reject } of [...batch, ...this.#waiting.splice(0)]) reject(this.#over)
      }
    }
    this.#writing = undefined
  }
}

function encodeLine(record: unknown): Uint8Array {
  const json = Buffer.from(JSON.stringify(record), "utf8")
  return Buffer.concat([Buffer.from(`${checksum(json)} `, "utf8"), json, Buffer.of(newline)])
}

function checksum(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(checksumCharacters, "0")
}

/** Reads every line, cuts off one without an end, and returns how many there were. */
async function readWhole(handle: FileHandle, { path, format, read, log }: RecordFileOptions): Promise<number> {
  const bytes = await handle.readFile()
  let lines = 0
  let from = 0
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
    lines++
    const where = `${path}, line ${lines}`
    const record = decodeLine(bytes.subarray(from, end), where)
    if (lines === 1) checkFormat(record, format, where)
    else read(record, where)
    from = end + 1
  }
  if (from < bytes.length) {
    log.warn("cut off the end of a record that was never written whole", { path, at: from, bytes: bytes.length - from })
    await handle.truncate(from)
    await handle.sync()
  }
  return lines
}

function decodeLine(line: Uint8Array, where: string): unknown {
  const claimed = Buffer.from(line.subarray(0, checksumCharacters)).toString("latin1")
  const json = line.subarray(checksumCharacters + 1)
  const real = checksum(json)
  if (claimed !== real || line[checksumCharacters] !== 0x20)
    throw new DamagedFile(where, `the record has the checksum ${real}, and ${JSON.stringify(claimed)} was expected`)
  try {
    return JSON.parse(Buffer.from(json).toString("utf8"))
  } catch {
    throw new DamagedFile(where, "the record is not JSON, though its checksum is right")
  }
}

function checkFormat(record: unknown, format: string, where: string): void {
  const said = typeof record === "object" && record !== null && "format" in record ? record.format : undefined
  if (said === format) return
  throw new DamagedFile(where, `the file says that it is ${JSON.stringify(said)}, and "${format}" was expected`)
}
