/**
 * The failover log in the value of a successful STREAM_REQ response: entries of 16 bytes, newest first.
 *
 * Source: dossier `dcp.md` 4.2; kv_engine docs/dcp/documentation/failure-scenarios.md.
 */
import { readUint64, writeUint64 } from "./bytes.ts"

/** A point where a vBucket's history may have forked: from `seqno` on it was written under `vbucketUuid`. */
export interface FailoverEntry {
  readonly vbucketUuid: bigint
  readonly seqno: bigint
}

/** Bytes in one entry. */
export const failoverEntryLength = 16

/** Reads entries from `start` up to `end`, a whole number of entries. */
export function readFailoverLog(bytes: Uint8Array, start: number, end: number): readonly FailoverEntry[] {
  const entries: FailoverEntry[] = []
  for (let at = start; at < end; at += failoverEntryLength) {
    entries.push({ vbucketUuid: readUint64(bytes, at), seqno: readUint64(bytes, at + 8) })
  }
  return entries
}

/** Writes entries one after the other. */
export function writeFailoverLog(bytes: Uint8Array, start: number, entries: readonly FailoverEntry[]): void {
  let at = start
  for (const entry of entries) {
    writeUint64(bytes, at, entry.vbucketUuid, "failover log vbucketUuid")
    writeUint64(bytes, at + 8, entry.seqno, "failover log seqno")
    at += failoverEntryLength
  }
}
