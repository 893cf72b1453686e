/** Asks Wireshark's dissector, an independent reading of the protocol, what is in a capture. */
import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { kvPort } from "./pcap.ts"
import { littleEndianHostOpaque } from "./stream-opaque.ts"

/** One memcached packet as the dissector sees it, numbers in this codec's spelling. */
export interface DissectedPacket {
  readonly toServer: boolean
  readonly magic: number
  readonly opcode: number
  /** Undefined in a response. */
  readonly vbucket: number | undefined
  /** Undefined in a request. */
  readonly status: number | undefined
  readonly opaque: number
  readonly extrasLength: number
  readonly keyLength: number
  readonly bodyLength: number
}

/** A capture dissected: its packets, and the numbers of the records whose checksums are wrong. */
export interface Dissection {
  readonly packets: readonly DissectedPacket[]
  readonly badChecksums: readonly number[]
}

/** Whether tshark can be run here. */
export function hasTshark(): boolean {
  return spawnSync("tshark", ["--version"], { stdio: "ignore" }).status === 0
}

/** Runs tshark over a capture file's bytes. Packets are in order of the record in which they end. */
export function dissect(pcap: Uint8Array, port = kvPort): Dissection {
  const directory = mkdtempSync(join(tmpdir(), "portcullis-tshark-"))
  try {
    const file = join(directory, "capture.pcap")
    writeFileSync(file, pcap)
    const options = [
      "-o",
      "tcp.check_checksum:TRUE",
      "-o",
      "ip.check_checksum:TRUE",
      "-d",
      `tcp.port==${port},couchbase`
    ]
    const format = ["-T", "json", "--no-duplicate-keys", "-J", "ip tcp couchbase"]
    const json = execFileSync("tshark", ["-r", file, ...options, ...format], {
      encoding: "utf8",
      maxBuffer: 1 << 30,
      stdio: ["ignore", "pipe", "ignore"]
    })
    return readDissection(JSON.parse(json), port)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** A layer of a record: fields by name, all of them text. */
type Layer = Readonly<Record<string, string>>
type JsonRecord = { readonly _source: { readonly layers: Readonly<Record<string, Layer | readonly Layer[]>> } }

function readDissection(records: readonly JsonRecord[], port: number): Dissection {
  const packets: DissectedPacket[] = []
  const badChecksums: number[] = []
  records.forEach(({ _source: { layers } }, index) => {
    const tcp = layers.tcp as Layer
    const ip = layers.ip as Layer
    if (tcp["tcp.checksum.status"] !== "1" || ip["ip.checksum.status"] !== "1") badChecksums.push(index + 1)
    const toServer = Number(tcp["tcp.dstport"]) === port
    // One record holds several packets if a write did.
    for (const layer of [layers.couchbase ?? []].flat()) packets.push(readPacket(layer, toServer))
  })
  return { packets, badChecksums }
}

function readPacket(layer: Layer, toServer: boolean): DissectedPacket {
  const number = (name: string) => (layer[name] === undefined ? undefined : Number(layer[name]))
  return {
    toServer,
    magic: Number(layer["couchbase.magic"]),
    opcode: Number(layer["couchbase.opcode"] ?? layer["couchbase.server.opcode"]),
    vbucket: number("couchbase.vbucket"),
    status: number("couchbase.status"),
    // The dissector prints the opaque as a little-endian host would, the spelling that kv's own logs have.
    opaque: littleEndianHostOpaque(Number(layer["couchbase.opaque"])),
    extrasLength: Number(layer["couchbase.extras.length"]),
    keyLength: Number(layer["couchbase.key.length"]),
    bodyLength: Number(layer["couchbase.total_bodylength"])
  }
}
