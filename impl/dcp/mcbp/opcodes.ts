/**
 * Opcodes of the client magics, and their names as the protocol's documents print them.
 *
 * Source: dossier `dcp.md` 4.2; kv_engine include/mcbp/protocol/opcode.h.
 */

/** Opcodes that have a message of their own; every other opcode decodes as `Other`. */
export const Opcode = {
  Hello: 0x1f,
  SaslAuth: 0x21,
  Open: 0x50,
  AddStream: 0x51,
  CloseStream: 0x52,
  StreamRequest: 0x53,
  StreamEnd: 0x55,
  SnapshotMarker: 0x56,
  Mutation: 0x57,
  SetVBucketState: 0x5b,
  Noop: 0x5c,
  BufferAck: 0x5d,
  Control: 0x5e,
  SelectBucket: 0x89
} as const
export type Opcode = (typeof Opcode)[keyof typeof Opcode]

/** Opcodes of DCP packets that pass through unread, named for messages and captures. */
export const PassThroughOpcode = {
  GetFailoverLog: 0x54,
  Deletion: 0x58,
  Expiration: 0x59,
  SystemEvent: 0x5f,
  Prepare: 0x60,
  SeqnoAcknowledged: 0x61,
  Commit: 0x62,
  Abort: 0x63,
  SeqnoAdvanced: 0x64,
  OsoSnapshot: 0x65
} as const

const modelled = new Set<number>(Object.values(Opcode))

const names = new Map<number, string>([
  [Opcode.Hello, "HELO"],
  [Opcode.SaslAuth, "SASL_AUTH"],
  [Opcode.Open, "OPEN"],
  [Opcode.AddStream, "ADD_STREAM"],
  [Opcode.CloseStream, "CLOSE_STREAM"],
  [Opcode.StreamRequest, "STREAM_REQ"],
  [Opcode.StreamEnd, "STREAM_END"],
  [Opcode.SnapshotMarker, "SNAPSHOT_MARKER"],
  [Opcode.Mutation, "MUTATION"],
  [Opcode.SetVBucketState, "SET_VBUCKET_STATE"],
  [Opcode.Noop, "NOOP"],
  [Opcode.BufferAck, "BUFFER_ACK"],
  [Opcode.Control, "CONTROL"],
  [Opcode.SelectBucket, "SELECT_BUCKET"],
  [PassThroughOpcode.GetFailoverLog, "GET_FAILOVER_LOG"],
  [PassThroughOpcode.Deletion, "DELETION"],
  [PassThroughOpcode.Expiration, "EXPIRATION"],
  [PassThroughOpcode.SystemEvent, "SYSTEM_EVENT"],
  [PassThroughOpcode.Prepare, "PREPARE"],
  [PassThroughOpcode.SeqnoAcknowledged, "SEQNO_ACKNOWLEDGED"],
  [PassThroughOpcode.Commit, "COMMIT"],
  [PassThroughOpcode.Abort, "ABORT"],
  [PassThroughOpcode.SeqnoAdvanced, "SEQNO_ADVANCED"],
  [PassThroughOpcode.OsoSnapshot, "OSO_SNAPSHOT"]
])

/** Whether packets with this opcode (under a client magic) decode to a message of their own. */
export function isModelled(opcode: number): opcode is Opcode {
  return modelled.has(opcode)
}

/** The opcode's name, such as `STREAM_END`, or `opcode 0x42` for one without a name here. */
export function opcodeName(opcode: number): string {
  return names.get(opcode) ?? `opcode 0x${opcode.toString(16).padStart(2, "0")}`
}
