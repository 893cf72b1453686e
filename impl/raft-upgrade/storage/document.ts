import { Result, Schema } from "effect"
import { Mutex } from "../../runtime/mutex.ts"
import { DamagedFile } from "../../runtime/storage/record-file.ts"
import { complaint } from "../../runtime/wire/complaint.ts"
import type { Disk } from "./disk.ts"

/** One value on a node's disk. It is what it was until a change is there for good. */
export class Document<Value> {
  readonly #name: string
  readonly #disk: Disk
  readonly #write: (value: Value) => string
  readonly #mutex = new Mutex()
  #value: Value

  private constructor(name: string, disk: Disk, write: (value: Value) => string, value: Value) {
    this.#name = name
    this.#disk = disk
    this.#write = write
    this.#value = value
  }

  /** Reads a value, or takes `absent` for it where there is none. Rejects with `DamagedFile` where there is something else. */
  static async open<Value>(
    disk: Disk,
    name: string,
    schema: Schema.Codec<Value, unknown>,
    absent: Value
  ): Promise<Document<Value>> {
    const text = Schema.fromJsonString(schema)
    const found = await disk.read(name)
    const value = found === undefined ? absent : readAs(text, found, disk.where(name))
    return new Document(name, disk, Schema.encodeSync(text), value)
  }

  /** Puts on the disk what the value is, where it was taken for absent. */
  async create(): Promise<void> {
    await this.#disk.write(this.#name, this.#write(this.#value))
  }

  get value(): Value {
    return this.#value
  }

  /** Changes the value, behind all changes asked for before. Resolves when that is on disk, with what is there then. */
  async update(change: (value: Value) => Value): Promise<Value> {
    await this.#mutex.take()
    try {
      const next = change(this.#value)
      if (next !== this.#value) await this.#disk.write(this.#name, this.#write(next))
      this.#value = next
      return next
    } finally {
      this.#mutex.give()
    }
  }
}

function readAs<Value>(schema: Schema.Codec<Value, string>, text: string, where: string): Value {
  const decoded = Schema.decodeUnknownResult(schema)(text)
  if (Result.isSuccess(decoded)) return decoded.success
  throw new DamagedFile(where, `the text is none that a node writes there: ${complaint(decoded.failure)}`)
}
