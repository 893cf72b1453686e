/**
 * Writes byte streams as a packet capture that tcpdump and Wireshark read, so that others can judge what was sent.
 *
 * The file is a classic pcap with microsecond times and raw IPv4 packets. Every connection starts with the three
 * segments of a TCP handshake, at the time of its first bytes; nothing else is added, and equal input gives equal output.
 * Source: the pcap file format of the tcpdump group; RFC 791 and RFC 9293 for the headers.
 */
import { emptyBytes, readUint16, writeUint16, writeUint32 } from "./bytes.ts"

/** Bytes that went one way over one connection in one write. */
export interface CapturedBytes {
  readonly direction: "toServer" | "toClient"
  readonly bytes: Uint8Array
  /** Tells connections apart. */
  readonly clientPort: number
  /** 11210, where kv listens, unless given. */
  readonly serverPort?: number
  /** Microseconds since 1970. */
  readonly timestampMicros: number
}

/** The port where kv listens without TLS. */
export const kvPort = 11210

/** Longest payload of one segment in bytes; with both headers it stays below IPv4's 65,535. */
export const maxSegment = 60_000

const ipHeader = 20
const tcpHeader = 20
const clientAddress = 0x0a000001
const serverAddress = 0x0a000002
const rawIpLink = 101
const tcpFlag = { syn: 0x02, psh: 0x08, ack: 0x10 } as const

/** Both ends of a connection and the sequence number that each sends next. */
interface Connection {
  readonly clientPort: number
  readonly serverPort: number
  clientSeq: number
  serverSeq: number
}

/** The capture file of the given writes, in the given order. */
export function writePcap(captured: readonly CapturedBytes[]): Uint8Array {
  const records: Uint8Array[] = [fileHeader()]
  const connections = new Map<string, Connection>()
  for (const { direction, bytes, clientPort, serverPort = kvPort, timestampMicros } of captured) {
    const key = `${clientPort}>${serverPort}`
    let connection = connections.get(key)
    if (connection === undefined) {
      connection = { clientPort, serverPort, clientSeq: 0, serverSeq: 0 }
      connections.set(key, connection)
      records.push(segment(connection, "toServer", tcpFlag.syn, emptyBytes, timestampMicros))
      records.push(segment(connection, "toClient", tcpFlag.syn | tcpFlag.ack, emptyBytes, timestampMicros))
      records.push(segment(connection, "toServer", tcpFlag.ack, emptyBytes, timestampMicros))
    }
    for (let at = 0; at < bytes.length; at += maxSegment) {
      const payload = bytes.subarray(at, at + maxSegment)
      records.push(segment(connection, direction, tcpFlag.psh | tcpFlag.ack, payload, timestampMicros))
    }
  }
  return Uint8Array.from(Buffer.concat(records))
}

function fileHeader(): Uint8Array {
  const bytes = new Uint8Array(24)
  writeUint32(bytes, 0, 0xa1b2c3d4, "magic")
  writeUint16(bytes, 4, 2, "major version")
  writeUint16(bytes, 6, 4, "minor version")
  writeUint32(bytes, 16, 0xffff, "snapshot length")
  writeUint32(bytes, 20, rawIpLink, "link type")
  return bytes
}

/** One record of the file: its own header, then the IPv4 packet. Advances the sender's sequence number. */
function segment(
  connection: Connection,
  direction: CapturedBytes["direction"],
  flags: number,
  payload: Uint8Array,
  timestampMicros: number
): Uint8Array {
  const length = ipHeader + tcpHeader + payload.length
  const bytes = new Uint8Array(16 + length)
  writeUint32(bytes, 0, Math.floor(timestampMicros / 1_000_000), "timestamp")
  writeUint32(bytes, 4, timestampMicros % 1_000_000, "timestamp")
  writeUint32(bytes, 8, length, "captured length")
  writeUint32(bytes, 12, length, "original length")
  const packet = bytes.subarray(16)
  packet.set(payload, ipHeader + tcpHeader)
  const toServer = direction === "toServer"
  writeTcpHeader(packet, connection, toServer, flags)
  writeIpHeader(packet, toServer)
  const taken = payload.length + (flags & tcpFlag.syn ? 1 : 0)
  if (toServer) connection.clientSeq = (connection.clientSeq + taken) >>> 0
  else connection.serverSeq = (connection.serverSeq + taken) >>> 0
  return bytes
}

/** Writes the TCP header; the checksum covers addresses and payload, which the pseudo header stands for. */
function writeTcpHeader(packet: Uint8Array, connection: Connection, toServer: boolean, flags: number): void {
  const { clientPort, serverPort, clientSeq, serverSeq } = connection
  const at = ipHeader
  writeUint16(packet, at, toServer ? clientPort : serverPort, "source port")
  writeUint16(packet, at + 2, toServer ? serverPort : clientPort, "destination port")
  writeUint32(packet, at + 4, toServer ? clientSeq : serverSeq, "sequence number")
  const acknowledged = toServer ? serverSeq : clientSeq
  writeUint32(packet, at + 8, flags & tcpFlag.ack ? acknowledged : 0, "acknowledgment number")
  packet[at + 12] = (tcpHeader / 4) << 4
  packet[at + 13] = flags
  writeUint16(packet, at + 14, 0xffff, "window")
  const pseudo = sumWords(addresses(toServer), 0) + 6 + packet.length - ipHeader
  writeUint16(packet, at + 16, checksum(sumWords(packet, at) + pseudo), "TCP checksum")
}

function writeIpHeader(packet: Uint8Array, toServer: boolean): void {
  packet[0] = 0x45
  writeUint16(packet, 2, packet.length, "IPv4 length")
  // Never fragmented, so the identification may stay 0 (RFC 6864).
  writeUint16(packet, 6, 0x4000, "fragmentation")
  packet[8] = 64
  packet[9] = 6
  packet.set(addresses(toServer), 12)
  writeUint16(packet, 10, checksum(sumWords(packet.subarray(0, ipHeader), 0)), "IPv4 checksum")
}

function addresses(toServer: boolean): Uint8Array {
  const bytes = new Uint8Array(8)
  writeUint32(bytes, 0, toServer ? clientAddress : serverAddress, "source address")
  writeUint32(bytes, 4, toServer ? serverAddress : clientAddress, "destination address")
  return bytes
}

/** The plain sum of 16-bit words from `start`; at most 2^15 words, hence exact. */
function sumWords(bytes: Uint8Array, start: number): number {
  let sum = 0
  let at = start
  for (; at + 1 < bytes.length; at += 2) sum += readUint16(bytes, at)
  return at < bytes.length ? sum + (bytes[at]! << 8) : sum
}

/** The Internet checksum of a sum of words: folded to 16 bits, then complemented. */
function checksum(sum: number): number {
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000)
  return ~sum & 0xffff
}
