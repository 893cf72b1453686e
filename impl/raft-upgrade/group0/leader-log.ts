/** What whoever leads the groups has on disk: each group's beginning, and each entry that a majority agreed on. */
import { Result, Schema } from "effect"
import { NodeId } from "../../../spec/metadata.ts"
import { GroupId } from "../../../spec/raft-upgrade/ids.ts"
import { Configuration } from "../../../spec/raft-upgrade/messages.ts"
import type { Log } from "../../runtime/log.ts"
import { DamagedFile, RecordFile } from "../../runtime/storage/record-file.ts"
import { complaint } from "../../runtime/wire/complaint.ts"
import { Index, Numbered } from "./entry.ts"

export const LeaderRecord = Schema.TaggedUnion({
  Founded: { group: GroupId, creator: NodeId, first: Index, configuration: Configuration },
  Agreed: { group: GroupId, numbered: Numbered }
})
export type LeaderRecord = typeof LeaderRecord.Type

export interface LeaderLog {
  /** What was there when it was opened. */
  readonly found: ReadonlyArray<LeaderRecord>
  /** Resolves when the record is there for good. */
  append(record: LeaderRecord): Promise<void>
  close(): Promise<void>
}

/** One that is lost with its process, for groups whose leader never falls. */
export const memoryLeaderLog = (): LeaderLog => ({
  found: [],
  append: () => Promise.resolve(),
  close: () => Promise.resolve()
})

const decode = Schema.decodeUnknownResult(LeaderRecord)
const encode = Schema.encodeSync(LeaderRecord)

/** Opens a leader's file, or begins one. Rejects with `DamagedFile` where it cannot be told what was agreed on. */
export const openLeaderLog = async (path: string, log: Log): Promise<LeaderLog> => {
  const found: LeaderRecord[] = []
  const read = (record: unknown, where: string): void => {
    const decoded = decode(record)
    if (Result.isFailure(decoded)) throw new DamagedFile(where, `no record of a leader: ${complaint(decoded.failure)}`)
    found.push(decoded.success)
  }
  const file = await RecordFile.open({ path, format: "portcullis raft upgrade groups 1", read, log })
  return { found, append: (record) => file.append(encode(record)), close: () => file.close() }
}
