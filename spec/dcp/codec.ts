/**
 * The words of a codec of the memcached binary protocol, as whoever has one can be asked: a frame in, the same frame out.
 *
 * Source: dossier `dcp.md`, section 4.1.
 */
import { Schema } from "effect"

/** Bytes as text, in base64. */
const Bytes = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9+/]*={0,2}$/))

/** What a codec may be given. */
export const CodecInput = Schema.TaggedUnion({
  /** One whole frame, to be decoded and encoded again. */
  Frame: { bytes: Bytes }
})
export type CodecInput = typeof CodecInput.Type

/** What a codec says of a frame. */
export const CodecOutput = Schema.TaggedUnion({
  /** What came of it, and how long its header says that it is, header included. */
  Recoded: { bytes: Bytes, length: Schema.Int },
  /** It is no frame, or none that is known. */
  Undecodable: {}
})
export type CodecOutput = typeof CodecOutput.Type
