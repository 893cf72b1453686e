/** Numbers of DCP by name (dossier `dcp.md`, section 4.2). A number without a name is printed as a number. */
import { statusCodes } from "../../spec/dcp/messages.ts"
import type { Opaque, Status } from "../../spec/ids.ts"

/** Status codes that no law needs, so that the vocabulary does not name them, but that a peer may send. */
const rareStatusCodes = {
  E2big: 0x03,
  Einval: 0x04,
  NoBucket: 0x08,
  OpaqueNoMatch: 0x0b,
  AuthError: 0x20,
  AuthContinue: 0x21,
  Eaccess: 0x24,
  UnknownCommand: 0x81,
  Einternal: 0x84,
  Ebusy: 0x85,
  DcpStreamIdInvalid: 0x8d
} as const

const statusNames: ReadonlyMap<number, string> = new Map(
  Object.entries({ ...statusCodes, ...rareStatusCodes, ok: statusCodes.Success }).map(([name, code]) => [code, name])
)

const endReasons: ReadonlyArray<string> = [
  "Ok",
  "Closed",
  "StateChanged",
  "Disconnected",
  "Slow",
  "BackfillFail",
  "Rollback",
  "FilterEmpty",
  "LostPrivileges"
]

const vbucketStates: ReadonlyArray<string> = ["0", "active", "replica", "pending", "dead"]

/** A status by name, `ok` for success. */
export const statusName = (status: Status): string => statusNames.get(status) ?? hexadecimal(status)

/** Why a stream ended, by name. */
export const endReasonName = (reason: number): string => endReasons[reason] ?? hexadecimal(reason)

/** The state of a vBucket by name. */
export const vbucketStateName = (state: number): string => vbucketStates[state] ?? String(state)

/** An opaque: decimal while it may be a vBucket id, else as the bytes of the header. */
export const opaqueName = (opaque: Opaque): string => (opaque < 0x10000 ? String(opaque) : hexadecimal(opaque))

/** The vBuckets of a call. */
export const vbucketList = (vbuckets: ReadonlyArray<number>): string => `[${vbuckets.join(", ")}]`

const hexadecimal = (number: number): string => `0x${number.toString(16).padStart(2, "0")}`
