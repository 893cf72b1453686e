// Goal: captures are plain, reproducible files. Method: the bytes of one small capture, checked against the RFCs by hand.
import { expect, it } from "vitest"
import { type CapturedBytes, maxSegment, writePcap } from "./pcap.ts"

const write: CapturedBytes = {
  direction: "toServer",
  bytes: Uint8Array.of(0xab),
  clientPort: 40_000,
  timestampMicros: 1_000_002
}

/** The records of a capture in hexadecimal, without the file header. */
function records(pcap: Uint8Array): readonly string[] {
  const result: string[] = []
  for (let at = 24; at < pcap.length; ) {
    const end = at + 16 + new DataView(pcap.buffer).getUint32(at + 8)
    result.push(Buffer.from(pcap.subarray(at, end)).toString("hex"))
    at = end
  }
  return result
}

it("dcp: codec: pcap: a connection begins with a handshake, and equal writes give equal files", () => {
  const pcap = writePcap([write])
  expect(records(pcap)).toHaveLength(4)
  expect(writePcap([write])).toEqual(pcap)
})

it("dcp: codec: pcap: a record carries its time, IPv4 and TCP headers with checksums, and the bytes", () => {
  const [, , , data] = records(writePcap([write]))
  expect(data?.match(/.{1,32}/g)).toMatchInlineSnapshot(`
    [
      "00000001000000020000002900000029",
      "4500002900004000400626cd0a000001",
      "0a0000029c402bca0000000100000001",
      "5018ffff28bc0000ab",
    ]
  `)
})

it("dcp: codec: pcap: a long write becomes segments, and the other side acknowledges all of it", () => {
  const long = { ...write, bytes: new Uint8Array(maxSegment + 1) }
  const packets = records(writePcap([long, { ...write, direction: "toClient" }]))
  expect(packets.map((packet) => packet.length / 2 - 56)).toEqual([0, 0, 0, maxSegment, 1, 1])
  const acknowledged = packets.at(-1)!.slice(2 * (16 + 20 + 8), 2 * (16 + 20 + 12))
  expect(Number.parseInt(acknowledged, 16)).toBe(1 + maxSegment + 1)
})
