import { Result, Schema } from "effect"
import type { ShardId } from "../../../spec/metadata.ts"
import type { Log } from "../../runtime/log.ts"
import { DamagedFile, RecordFile } from "../../runtime/storage/record-file.ts"
import { NodeStore } from "./node-store.ts"
import { Stored } from "./stored.ts"

const decode = Schema.decodeUnknownResult(Stored)
const encode = Schema.encodeSync(Stored)

export interface FileDiskOptions {
  readonly path: string
  readonly shards: ReadonlyArray<ShardId>
  readonly log: Log
}

/** Opens a node's file. What was told to be on disk is found there again, also after a `kill -9`. */
export const openFileDisk = async ({
  path,
  shards,
  log
}: FileDiskOptions): Promise<{ readonly store: NodeStore; close(): Promise<void> }> => {
  const before: Stored[] = []
  const read = (record: unknown, where: string): void => {
    const stored = decode(record)
    if (Result.isFailure(stored)) throw new DamagedFile(where, "the record is none that a node writes")
    before.push(stored.success)
  }
  const file = await RecordFile.open({ path, format: "portcullis view building 1", read, log })
  const store = new NodeStore(shards, before, (stored) => file.append(encode(stored)))
  return { store, close: () => file.close() }
}
