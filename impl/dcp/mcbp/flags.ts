/**
 * Bits and codes that requests carry. The codec passes unknown bits through; refusing them is the server's business.
 *
 * Source: dossier `dcp.md` 4.1 and 4.2.
 */

/** Bits of the header's datatype byte. */
export const Datatype = { Raw: 0, Json: 1, Snappy: 2, Xattr: 4 } as const

/** Feature codes of HELO. */
export const HelloFeature = {
  Xattr: 0x06,
  Xerror: 0x07,
  Snappy: 0x0a,
  Json: 0x0b,
  Duplex: 0x0c,
  Collections: 0x12
} as const

/** Flags of OPEN. */
export const OpenFlag = {
  Producer: 0x001,
  IncludeXattrs: 0x004,
  NoValue: 0x008,
  IncludeDeleteTimes: 0x020,
  NoValueWithDatatype: 0x040,
  IncludeDeletedUserXattrs: 0x100,
  SkipDeletes: 0x200
} as const

/** Flags of ADD_STREAM and STREAM_REQ. */
export const AddStreamFlag = {
  Takeover: 0x001,
  DiskOnly: 0x002,
  ToLatest: 0x004,
  ActiveOnly: 0x010,
  StrictUuid: 0x020,
  FromLatest: 0x040,
  IgnorePurged: 0x080,
  CacheTransfer: 0x100
} as const

/** Flags of SNAPSHOT_MARKER. */
export const SnapshotFlag = {
  Memory: 0x01,
  Disk: 0x02,
  Checkpoint: 0x04,
  Ack: 0x08,
  History: 0x10,
  MayDuplicate: 0x20
} as const
