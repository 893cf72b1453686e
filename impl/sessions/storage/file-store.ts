import { join } from "node:path"
import { Result, Schema } from "effect"
import { type Log, silentLog } from "../../runtime/log.ts"
import { DamagedFile, RecordFile } from "../../runtime/storage/record-file.ts"
import { complaint } from "../../runtime/wire/complaint.ts"
import { ChangingStore } from "./changing-store.ts"
import { StoreUnavailable } from "./store.ts"
import { Change, TabletRows } from "./tablet-rows.ts"

const decodeChange = Schema.decodeUnknownResult(Change)
const encodeChange = Schema.encodeSync(Change)

/** A store in a directory, with one commit log for all shards. Unsealed rows are kept in memory, where a crash finds them. */
export class FileStore extends ChangingStore {
  readonly #log: RecordFile

  private constructor(rows: TabletRows, log: RecordFile) {
    super(rows)
    this.#log = log
  }

  /** Opens a directory, and finds what was durable there. Rejects with `DamagedFile` where that cannot be told. */
  static async open(directory: string, log: Log = silentLog): Promise<FileStore> {
    const rows = new TabletRows()
    const read = (record: unknown, where: string) => {
      const change = decodeChange(record)
      if (Result.isFailure(change)) throw new DamagedFile(where, `no change of a store: ${complaint(change.failure)}`)
      rows.apply(change.success)
    }
    const path = join(directory, "commit.log")
    return new FileStore(rows, await RecordFile.open({ path, format: "portcullis store 1", read, log }))
  }

  protected override keep(change: Change): Promise<void> {
    return this.#log.append(encodeChange(change)).catch((error: unknown) => {
      throw new StoreUnavailable(error instanceof Error ? error.message : String(error))
    })
  }

  protected override finish(): Promise<void> {
    return this.#log.close()
  }
}
