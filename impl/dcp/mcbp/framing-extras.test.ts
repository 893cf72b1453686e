// Goal: framing extras are cut at the right nibbles. Method: the stream-id of the documents, then escapes.
import { expect, it } from "vitest"
import { CodecError } from "./codec-error.ts"
import { Frame } from "./frame.ts"
import { writeFrame } from "./frame-writer.ts"
import { frameInfosLength, parseFrameInfos, streamIdFrameInfo, streamIdOf, writeFrameInfos } from "./framing-extras.ts"
import { headerReader } from "./header.ts"

function parse(framingExtras: Uint8Array) {
  const infos = parseFrameInfos(new Frame(writeFrame({ magic: 0x08, opcode: 0x5c, framingExtras }), 0, headerReader))
  if (infos instanceof CodecError) throw infos
  return infos
}

it("dcp: codec: framing extras: 22 00 07 is stream-id 7", () => {
  expect(parse(Uint8Array.of(0x22, 0, 7))).toEqual([streamIdFrameInfo(7)])
  expect(streamIdOf([streamIdFrameInfo(7)])).toBe(7)
  expect(streamIdOf([])).toBeUndefined()
})

it("dcp: codec: framing extras: nibble 15 adds the next byte, the id's before the length's", () => {
  const data = Uint8Array.from({ length: 17 }, (_, i) => i)
  const escaped = Uint8Array.of(0xff, 5, 2, ...data)
  expect(parse(escaped)).toEqual([{ id: 20, data }])
  const bytes = new Uint8Array(frameInfosLength([{ id: 20, data }]))
  writeFrameInfos(bytes, 0, [{ id: 20, data }])
  expect(bytes).toEqual(escaped)
})

it("dcp: codec: framing extras: an id of 15 needs its escape byte, an id of 14 does not", () => {
  expect(frameInfosLength([{ id: 14, data: new Uint8Array(14) }])).toBe(15)
  expect(frameInfosLength([{ id: 15, data: new Uint8Array(15) }])).toBe(18)
})
