// Goal: no bytes whatever make the codec throw, hang or hoard. Method: a million damaged and random packets, seeded.
import { expect, it } from "vitest"
import { CodecError } from "./codec-error.ts"
import { decode } from "./decode.ts"
import { encode } from "./encode.ts"
import { exampleBytes, examples, nsServerHandshake } from "./examples.ts"
import { type Frame, parseFrame } from "./frame.ts"
import { headerLength, maxBodyLength } from "./header.ts"
import { isAlternative } from "./magic.ts"
import { FrameSplitter } from "./splitter.ts"
import { Xorshift } from "./xorshift.test-support.ts"

const seed = 0x53453138
const count = 1_000_000
const mebibyte = 1024 * 1024

const valid = [...examples.map(exampleBytes), ...nsServerHandshake.map(encode)]

/** One packet: random bytes, a valid packet damaged in one of five ways, or a valid packet. */
function damaged(random: Xorshift): Uint8Array {
  const packet = Uint8Array.from(valid[random.below(valid.length)]!)
  switch (random.below(8)) {
    case 0:
      return Uint8Array.from({ length: random.below(64) }, () => random.next())
    case 1: // flip one bit
      packet[random.below(packet.length)]! ^= 1 << random.below(8)
      return packet
    case 2: // truncate
      return packet.slice(0, random.below(packet.length))
    case 3: // lie about a length in the header
      packet[[2, 3, 4, 9, 10, 11][random.below(6)]!] = random.next()
      return packet
    case 4: {
      // splice: the head of one packet, the tail of another
      const other = valid[random.below(valid.length)]!
      const head = packet.subarray(0, random.below(packet.length))
      return Uint8Array.from(Buffer.concat([head, other.subarray(random.below(other.length))]))
    }
    case 5: // another magic or opcode, the same body
      packet[random.below(2)] = random.next()
      return packet
    default:
      return packet
  }
}

/** Decodes a frame; what it decodes to must encode to the same bytes unless it was not canonical. */
function check(frame: Frame, tally: { messages: number; faults: number }): void {
  const message = decode(frame)
  if (message instanceof CodecError) {
    if (message.scope !== "message") expect.fail(message.message)
    tally.faults++
    return
  }
  tally.messages++
  if (isAlternative(frame.magic) && frame.framingExtras.length === 0) return
  if (Buffer.compare(encode(message), frame.bytes) !== 0) expect(encode(message)).toEqual(frame.bytes)
}

/** Bytes that V8 and array buffers hold; both must stay flat. */
function heldBytes(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

it("dcp: codec: S18 a million damaged packets decode to a message that encodes back or to a CodecError", () => {
  const random = new Xorshift(seed)
  const tally = { messages: 0, faults: 0 }
  for (let i = 0; i < count; i++) {
    const frame = parseFrame(damaged(random), i)
    if (frame instanceof CodecError) tally.faults++
    else check(frame, tally)
  }
  // Both outcomes must be common, or the damage is too heavy or too light to test anything.
  expect(tally.messages).toBeGreaterThan(count / 5)
  expect(tally.faults).toBeGreaterThan(count / 5)
})

it("dcp: codec: a million damaged packets through a splitter neither throw nor hoard memory", () => {
  const random = new Xorshift(seed ^ 1)
  const tally = { messages: 0, faults: 0 }
  let splitter = new FrameSplitter()
  let connections = 1
  let highest = 0
  const before = heldBytes()
  for (let i = 0; i < count; i++) {
    const { frames, error } = splitter.push(damaged(random))
    for (const frame of frames) check(frame, tally)
    if (splitter.buffered > headerLength + maxBodyLength) expect.fail(`${splitter.buffered} bytes buffered`)
    // A packet that claims to be long swallows those after it, so some connections are closed early.
    if (error !== undefined || random.below(20) === 0) {
      const fault = splitter.end()
      if (fault !== undefined && fault.scope !== "connection") expect.fail(fault.message)
      splitter = new FrameSplitter()
      connections++
    }
    if (i % 10_000 === 0) highest = Math.max(highest, heldBytes() - before)
  }
  expect(tally.messages).toBeGreaterThan(count / 10)
  expect(connections).toBeGreaterThan(count / 10)
  expect(highest).toBeLessThan(128 * mebibyte)
})
