/** The codec: every hand-worked example, and many frames made of them, are decoded and encoded again. */
import fc from "fast-check"
import { exampleBytes, examples } from "../../../../impl/dcp/mcbp/examples.ts"
import { CodecError, decode, encode, FrameSplitter, type HeaderReader } from "../../../../impl/dcp/mcbp/index.ts"
import type { DcpLabel } from "../../../../spec/dcp/labels.ts"
import { S18 } from "../../../../spec/dcp/laws/packets.ts"
import type { Exam } from "../exam.ts"
import { judged } from "../judged.ts"

const randomFrames = 20_000
const known = examples.map((example) => ({ id: example.id, bytes: exampleBytes(example) }))

/** An example with another opaque and cas, which any packet may carry. */
const varied = fc
  .tuple(fc.nat({ max: known.length - 1 }), fc.uint8Array({ minLength: 12, maxLength: 12 }))
  .map(([at, fields]) => {
    const { id, bytes } = known[at]!
    const frame = Uint8Array.from(bytes)
    frame.set(fields, opaqueAt)
    return { id: `a frame like ${id}`, bytes: frame }
  })
const opaqueAt = 12

export const codec: Exam = {
  name: "codec",
  async *findings({ reader }, seed) {
    if (reader === undefined) return
    for (const { id, bytes } of [...known, ...fc.sample(varied, { seed, numRuns: randomFrames })])
      for (const { law, why } of judged([recoded(bytes, reader)], [S18]))
        yield { law, by: `law ${law} on ${id}`, length: 1, what: why }
  }
}

/** What was made of a frame; nothing where it could not be read. */
const recoded = (bytes: Uint8Array, reader: HeaderReader): DcpLabel => {
  const { frames } = new FrameSplitter(reader).push(bytes)
  const messages = frames.map((frame) => decode(frame, reader))
  const again = messages.map((message) => (message instanceof CodecError ? "" : hex(encode(message)))).join("")
  return { _tag: "Recoded", original: hex(bytes), again, declared: reader.frameLength(bytes, 0) }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")
