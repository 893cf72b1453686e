import { littleEndianHostOpaque, type Message } from "../mcbp/index.ts"

/** A stream as the consuming side sees it. Source: kv_engine dcp/passive_stream.cc. */
export class PassiveStream {
  readonly vbucket: number
  /** The opaque of the ADD_STREAM, which its answer repeats. */
  readonly clientOpaque: number
  /** The consumer's counter, as the extras of the answer spell it. */
  readonly streamOpaque: number
  /** The same as the headers of all messages of the stream spell it, written by a little-endian host. */
  readonly headerOpaque: number
  readonly flags: number
  /** pending until the STREAM_REQ is answered, then reading; dead from its close or refusal on. */
  state: "pending" | "reading" | "dead" = "pending"
  /** What the stream has to say at the next step; goes with the stream if that is removed before. */
  readonly ready: Message[] = []
  /** Which entry of the failover log the last STREAM_REQ named, 0 being the newest. */
  branch = 0
  /** The seqno to go back to at the next step before asking again. */
  rollback: bigint | undefined
  /** Whether the ready queue holds an answer that is only to go with the stream. */
  isHeld = false

  constructor(vbucket: number, clientOpaque: number, counter: number, flags: number) {
    this.vbucket = vbucket
    this.clientOpaque = clientOpaque
    this.streamOpaque = counter
    this.headerOpaque = littleEndianHostOpaque(counter)
    this.flags = flags
  }

  get isLive(): boolean {
    return this.state !== "dead"
  }
}
