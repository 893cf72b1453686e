/** Our codec, in process: frames are decoded and encoded again. */
import { CodecError } from "../../impl/dcp/mcbp/codec-error.ts"
import { decode } from "../../impl/dcp/mcbp/decode.ts"
import { encode } from "../../impl/dcp/mcbp/encode.ts"
import { type HeaderReader, headerReader } from "../../impl/dcp/mcbp/header.ts"
import { FrameSplitter } from "../../impl/dcp/mcbp/splitter.ts"
import type { CodecInput, CodecOutput } from "../../spec/dcp/codec.ts"
import type { Adapter } from "../kit/role-under-test.ts"

export type CodecAdapter = Adapter<CodecInput, CodecOutput, never> & { readonly role: "dcp/codec" }

/** An adapter for our codec with this reader of headers. */
export const codecAdapter = (name = "portcullis", reader: HeaderReader = headerReader): CodecAdapter => ({
  name,
  way: "in process",
  role: "dcp/codec",
  start: () => ({ input: ({ bytes }) => ({ outputs: [recoded(Buffer.from(bytes, "base64"), reader)] }), stop() {} })
})

const recoded = (bytes: Uint8Array, reader: HeaderReader): CodecOutput => {
  const { frames } = new FrameSplitter(reader).push(bytes)
  const messages = frames.map((frame) => decode(frame, reader))
  const encoded = messages.flatMap((message) => (message instanceof CodecError ? [] : [encode(message)]))
  if (encoded.length === 0) return { _tag: "Undecodable" }
  return {
    _tag: "Recoded",
    bytes: Buffer.concat(encoded).toString("base64"),
    length: reader.frameLength(bytes, 0)
  }
}
