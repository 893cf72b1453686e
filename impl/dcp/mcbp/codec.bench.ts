// How many small frames one thread splits, decodes and encodes: a round of a bench is 1,000 frames, so hz = kframes/s.
import { bench, describe } from "vitest"
import { decode } from "./decode.ts"
import { encode } from "./encode.ts"
import { exampleBytes, examples } from "./examples.ts"
import type { Message } from "./messages.ts"
import { FrameSplitter } from "./splitter.ts"

const framesPerRound = 1000

/** The mix of a set-up: requests, responses and ends of streams, all short. */
const small = examples.filter(({ id }) => ["E1", "E2", "E3", "E4", "E7", "E8", "E12", "E14d", "E16"].includes(id))
const messages: readonly Message[] = Array.from({ length: framesPerRound }, (_, i) => small[i % small.length]!.message)
const packets = Array.from({ length: framesPerRound }, (_, i) => exampleBytes(small[i % small.length]!))
const chunk = Uint8Array.from(Buffer.concat(packets))
const segments = Array.from({ length: Math.ceil(chunk.length / 1448) }, (_, i) =>
  chunk.subarray(i * 1448, (i + 1) * 1448)
)
const { frames } = new FrameSplitter().push(chunk)

// Results go here, so that the optimiser cannot drop the work.
const sink: { last: unknown } = { last: undefined }

describe("dcp: codec: 1,000 small frames", () => {
  bench("split one chunk", () => {
    sink.last = new FrameSplitter().push(chunk).frames
  })

  bench("split segments of 1,448 bytes", () => {
    const splitter = new FrameSplitter()
    for (const segment of segments) sink.last = splitter.push(segment).frames
  })

  bench("decode", () => {
    for (const frame of frames) sink.last = decode(frame)
  })

  bench("split and decode", () => {
    for (const frame of new FrameSplitter().push(chunk).frames) sink.last = decode(frame)
  })

  bench("encode", () => {
    for (const message of messages) sink.last = encode(message)
  })
})
