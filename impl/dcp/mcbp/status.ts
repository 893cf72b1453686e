/**
 * Numbers that say how something went: response status, reason of a stream's end, state of a vBucket.
 *
 * Messages carry them as plain numbers, because a peer of another version may send one that is not listed here.
 * Source: dossier `dcp.md` 4.2; kv_engine include/mcbp/protocol/status.h and dcp_stream_end_status.h.
 */

/** Response status by name; a u16 at bytes 6 and 7 of a response. */
export const Status = {
  Success: 0x00,
  KeyEnoent: 0x01,
  KeyEexists: 0x02,
  E2big: 0x03,
  Einval: 0x04,
  NotMyVbucket: 0x07,
  NoBucket: 0x08,
  DcpStreamNotFound: 0x0a,
  OpaqueNoMatch: 0x0b,
  AuthError: 0x20,
  AuthContinue: 0x21,
  Erange: 0x22,
  Rollback: 0x23,
  Eaccess: 0x24,
  UnknownCommand: 0x81,
  Enomem: 0x82,
  NotSupported: 0x83,
  Einternal: 0x84,
  Ebusy: 0x85,
  Etmpfail: 0x86,
  DcpStreamIdInvalid: 0x8d
} as const

/** Why a producer ended a stream; a u32 in the extras of STREAM_END. */
export const StreamEndReason = {
  Ok: 0,
  Closed: 1,
  StateChanged: 2,
  Disconnected: 3,
  Slow: 4,
  BackfillFail: 5,
  Rollback: 6,
  FilterEmpty: 7,
  LostPrivileges: 8
} as const

/** State of a vBucket; a u8 in the extras of SET_VBUCKET_STATE. */
export const VBucketState = { Active: 1, Replica: 2, Pending: 3, Dead: 4 } as const

const statusNames = new Map<number, string>(Object.entries(Status).map(([name, code]) => [code, name]))

/** The status' name, such as `NotMyVbucket`, or `status 0x99` for one without a name here. */
export function statusName(status: number): string {
  return statusNames.get(status) ?? `status 0x${status.toString(16).padStart(2, "0")}`
}
