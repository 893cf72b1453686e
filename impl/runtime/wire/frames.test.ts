import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { encodeFrame, FrameReader, maxFrameBytes } from "./frames.ts"
import { framed, header } from "./stranger.test-support.ts"

describe("runtime: frames", () => {
  test("what is sent is read, wherever the bytes are cut", () => {
    const values = fc.array(fc.jsonValue(), { maxLength: 8 })
    fc.assert(
      fc.property(values, fc.array(fc.nat(), { maxLength: 20 }), (sent, cuts) => {
        const bytes = Buffer.concat(sent.map(encodeFrame))
        const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
        const reader = new FrameReader()
        const read = places.slice(1).flatMap((end, n) => reader.push(bytes.subarray(places[n], end)).values)
        // Text for text: -0 has no JSON of its own.
        expect(JSON.stringify(read)).toBe(JSON.stringify(sent))
      })
    )
  })

  test("a frame in single bytes is read in linear time", () => {
    const reader = new FrameReader()
    const bytes = encodeFrame("x".repeat(200_000))
    let read = 0
    for (let at = 0; at < bytes.length; at++) read += reader.push(bytes.subarray(at, at + 1)).values.length
    expect(read).toBe(1)
  })

  test("a frame that is too long is refused by its header alone, and what came before it is read", () => {
    const bytes = Buffer.concat([encodeFrame("before"), header(maxFrameBytes + 1)])
    const { values, error } = new FrameReader().push(bytes)
    expect(values).toEqual(["before"])
    expect(error?.message).toBe("a frame of 1048577 bytes is longer than the 1048576 bytes allowed")
  })

  test("a value that is too large for a frame is not sent", () => {
    expect(() => encodeFrame("x".repeat(maxFrameBytes))).toThrow("a frame of 1048578 bytes is longer than")
    expect(encodeFrame("x".repeat(maxFrameBytes - 2))).toHaveLength(maxFrameBytes + 4)
  })

  test.each([
    ["no JSON", framed("{")],
    ["nothing", framed("")],
    ["bytes that are no UTF-8", Buffer.concat([header(3), Buffer.of(0x22, 0xff, 0x22)])]
  ])("%s in a frame is refused", (_, bytes) => {
    expect(new FrameReader().push(bytes).error?.message).toMatch(/^a frame of \d bytes is not JSON in UTF-8$/)
  })

  test("random bytes are refused or wait for more, and never throw", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 8 }), (chunks) => {
        const reader = new FrameReader()
        for (const chunk of chunks) if (reader.push(chunk).error !== undefined) return
      })
    )
  })
})
