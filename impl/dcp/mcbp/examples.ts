/**
 * The hand-worked packets E1 to E16 of the dossier with the messages they stand for.
 *
 * Source: dossier `dcp.md` 4.3; most are the examples of the protocol's own documents, corrected where those are wrong.
 */
import { HelloFeature, OpenFlag } from "./flags.ts"
import { streamIdFrameInfo } from "./framing-extras.ts"
import { type Message, plainRequest, plainResponse } from "./messages.ts"
import { plainCredentials } from "./sasl-plain.ts"
import { Status, StreamEndReason, VBucketState } from "./status.ts"

/** One packet in hexadecimal (blanks only for the reader) and the message that it is. */
export interface Example {
  readonly id: string
  readonly title: string
  readonly hex: string
  readonly message: Message
}

/** The bytes of an example. */
export function exampleBytes(example: Example): Uint8Array {
  return Uint8Array.from(Buffer.from(example.hex.replaceAll(/\s/g, ""), "hex"))
}

const untilForever = 0xffff_ffff_ffff_ffffn
const utf8 = new TextEncoder()

/** E1 to E16, in order; E14 is four packets. */
export const examples: readonly Example[] = [
  {
    id: "E1",
    title: "ADD_STREAM of a takeover",
    hex: "80510000 04000005 00000004 00000001 0000000000000000 00000001",
    message: { _tag: "AddStream", ...plainRequest, vbucket: 5, opaque: 1, flags: 1 }
  },
  {
    id: "E2",
    title: "ADD_STREAM response with a stream opaque",
    hex: "81510000 04000000 00000004 00000001 0000000000000000 00001000",
    message: { _tag: "AddStreamResponse", ...plainResponse, opaque: 1, streamOpaque: 0x1000 }
  },
  {
    id: "E3",
    title: "CLOSE_STREAM",
    hex: "80520000 00000005 00000000 deadbeef 0000000000000000",
    message: { _tag: "CloseStream", ...plainRequest, vbucket: 5, opaque: 0xdeadbeef }
  },
  {
    id: "E4",
    title: "STREAM_END without fault",
    hex: "80550000 04000000 00000004 deadbeef 0000000000000000 00000000",
    message: { _tag: "StreamEnd", ...plainRequest, opaque: 0xdeadbeef, reason: StreamEndReason.Ok }
  },
  {
    id: "E5",
    title: "STREAM_REQ response that rolls back to 0",
    hex: "81530000 00000023 00000008 00001000 0000000000000000 0000000000000000",
    message: {
      _tag: "StreamRequestResponse",
      ...plainResponse,
      status: Status.Rollback,
      opaque: 0x1000,
      failoverLog: [],
      rollbackSeqno: 0n
    }
  },
  {
    id: "E6",
    title: "STREAM_REQ response with a failover log of four entries",
    hex: `81530000 00000000 00000040 00001000 0000000000000000
      00000000feeddeca 0000000000005432 0000000000decafe 0000000001343214
      00000000feedface 0000000000000004 00000000deadbeef 0000000000006524`,
    message: {
      _tag: "StreamRequestResponse",
      ...plainResponse,
      opaque: 0x1000,
      failoverLog: [
        { vbucketUuid: 0xfeeddecan, seqno: 0x5432n },
        { vbucketUuid: 0xdecafen, seqno: 0x1343214n },
        { vbucketUuid: 0xfeedfacen, seqno: 4n },
        { vbucketUuid: 0xdeadbeefn, seqno: 0x6524n }
      ],
      rollbackSeqno: undefined
    }
  },
  {
    id: "E7",
    title: "STREAM_REQ without a value",
    hex: `80530000 30000000 00000030 00001000 0000000000000000 00000000 00000000
      0000000000ffeedd ffffffffffffffff 00000000feeddeca 0000000000000000 0000000000ffeeff`,
    message: {
      _tag: "StreamRequest",
      ...plainRequest,
      opaque: 0x1000,
      flags: 0,
      reserved: 0,
      startSeqno: 0xffeeddn,
      endSeqno: untilForever,
      vbucketUuid: 0xfeeddecan,
      snapStartSeqno: 0n,
      snapEndSeqno: 0xffeeffn,
      value: ""
    }
  },
  {
    id: "E8",
    title: "SET_VBUCKET_STATE to dead",
    hex: "805b0000 01000000 00000001 deadbeef 0000000000000000 04",
    message: { _tag: "SetVBucketState", ...plainRequest, opaque: 0xdeadbeef, state: VBucketState.Dead }
  },
  {
    id: "E9",
    title: "OPEN of a consumer",
    hex: `80500018 08000000 00000020 00000001 0000000000000000
      00000000 00000000 6275636b657473747265616d2076625b3130302d3130355d`,
    message: {
      _tag: "Open",
      ...plainRequest,
      opaque: 1,
      reserved: 0,
      flags: 0,
      name: "bucketstream vb[100-105]",
      value: ""
    }
  },
  {
    id: "E10",
    title: "HELO with features 1 to 5",
    hex: `801f000c 00000000 00000016 00000000 0000000000000000
      6d6368656c6c6f2076312e30 0001 0002 0003 0004 0005`,
    message: { _tag: "Hello", ...plainRequest, agent: "mchello v1.0", features: [1, 2, 3, 4, 5] }
  },
  {
    id: "E11",
    title: "SASL_AUTH PLAIN",
    hex: "80210005 00000000 00000011 00000000 0000000000000000 504c41494e 007573657200 70656e63696c",
    message: { _tag: "SaslAuth", ...plainRequest, mechanism: "PLAIN", payload: plainCredentials("user", "pencil") }
  },
  {
    id: "E12",
    title: "BUFFER_ACK of 4096 bytes",
    hex: "805d0000 04000000 00000004 00000005 0000000000000000 00001000",
    message: { _tag: "BufferAck", ...plainRequest, opaque: 5, ackedBytes: 4096 }
  },
  {
    id: "E13",
    title: "CONTROL enable_noop=true",
    hex: "805e000b 00000000 0000000f 00000001 0000000000000000 656e61626c655f6e6f6f70 74727565",
    message: { _tag: "Control", ...plainRequest, opaque: 1, key: "enable_noop", value: "true" }
  },
  {
    id: "E14a",
    title: "one incarnation of vBucket 5: ADD_STREAM",
    hex: "80510000 04000005 00000004 00000005 0000000000000000 00000000",
    message: { _tag: "AddStream", ...plainRequest, vbucket: 5, opaque: 5, flags: 0 }
  },
  {
    id: "E14b",
    title: "one incarnation of vBucket 5: STREAM_REQ under the header's spelling of counter 29",
    hex: `80530000 30000005 0000003b 1d000000 0000000000000000 00000000 00000000 0000000000000000
      ffffffffffffffff 0000000000000000 0000000000000000 0000000000000000 7b22756964223a2230227d`,
    message: {
      _tag: "StreamRequest",
      ...plainRequest,
      vbucket: 5,
      opaque: 0x1d000000,
      flags: 0,
      reserved: 0,
      startSeqno: 0n,
      endSeqno: untilForever,
      vbucketUuid: 0n,
      snapStartSeqno: 0n,
      snapEndSeqno: 0n,
      value: '{"uid":"0"}'
    }
  },
  {
    id: "E14c",
    title: "one incarnation of vBucket 5: ADD_STREAM response with the extras' spelling of counter 29",
    hex: "81510000 04000000 00000004 00000005 0000000000000000 0000001d",
    message: { _tag: "AddStreamResponse", ...plainResponse, opaque: 5, streamOpaque: 0x1d }
  },
  {
    id: "E14d",
    title: "one incarnation of vBucket 5: STREAM_END under the header's spelling of counter 29",
    hex: "80550000 04000005 00000004 1d000000 0000000000000000 00000002",
    message: {
      _tag: "StreamEnd",
      ...plainRequest,
      vbucket: 5,
      opaque: 0x1d000000,
      reason: StreamEndReason.StateChanged
    }
  },
  {
    id: "E15",
    title: "STREAM_END of stream-id 7, under the alternative magic",
    hex: "08550300 04000005 00000007 1d000000 0000000000000000 220007 00000002",
    message: {
      _tag: "StreamEnd",
      ...plainRequest,
      vbucket: 5,
      opaque: 0x1d000000,
      frameInfos: [streamIdFrameInfo(7)],
      reason: StreamEndReason.StateChanged
    }
  },
  {
    id: "E16",
    title: "MUTATION of hello to world",
    hex: `80570005 1f000210 00000029 00001210 0000000000000000 0000000000000004 0000000000000001
      00000000 00000000 00000000 0000 00 68656c6c6f 776f726c64`,
    message: {
      _tag: "Mutation",
      ...plainRequest,
      vbucket: 0x210,
      opaque: 0x1210,
      bySeqno: 4n,
      revSeqno: 1n,
      flags: 0,
      expiration: 0,
      lockTime: 0,
      nmeta: 0,
      nru: 0,
      key: utf8.encode("hello"),
      value: utf8.encode("world")
    }
  }
]

/** The HELO and OPEN that ns_server's consumer connection begins with. Source: dossier `dcp.md` 1.1 and 4.2. */
export const nsServerHandshake: readonly Message[] = [
  {
    _tag: "Hello",
    ...plainRequest,
    agent: "proxy",
    features: [
      HelloFeature.Xattr,
      HelloFeature.Snappy,
      HelloFeature.Json,
      HelloFeature.Duplex,
      HelloFeature.Collections
    ]
  },
  {
    _tag: "Open",
    ...plainRequest,
    datatype: 1,
    reserved: 0,
    flags: OpenFlag.IncludeXattrs | OpenFlag.IncludeDeleteTimes | OpenFlag.IncludeDeletedUserXattrs,
    name: "replication:n_1->n_0:default",
    value: '{"consumer_name":"n_0"}'
  }
]
