/** The far end of a memory socket: what the implementation writes arrives here as packets. */
import type { MemorySocket } from "../../impl/runtime/memory-socket.ts"
import type { Packet } from "../../spec/dcp/messages.ts"
import type { Strange } from "../kit/role-under-test.ts"
import { FrameReader, readPacket, writePackets } from "./dcp-wire/frames.ts"

/** Inputs are the same objects again and again, so their bytes are written once. */
const written = new WeakMap<ReadonlyArray<Packet>, Uint8Array>()

const bytesOf = (packets: ReadonlyArray<Packet>): Uint8Array => {
  const known = written.get(packets)
  if (known !== undefined) return known
  const bytes = writePackets(packets)
  written.set(packets, bytes)
  return bytes
}

/** Plays a kv node on one end of a memory socket. Each write of the implementation is told as it was made. */
export class MemoryEnd {
  private readonly socket: MemorySocket
  private readonly channel: string
  private readonly reader = new FrameReader()
  /** Whether the connection is over, whoever closed it. */
  isClosed = false

  constructor(
    socket: MemorySocket,
    channel: string,
    told: (packets: ReadonlyArray<Packet>, strange: ReadonlyArray<Strange>) => void
  ) {
    this.socket = socket
    this.channel = channel
    socket.onData((chunk) => {
      this.read(chunk, told)
      socket.activateOnce()
    })
    socket.onClose(() => {
      this.isClosed = true
    })
    socket.activateOnce()
  }

  /** Writes one chunk: a copy, for whoever receives it may do with it as it likes. */
  write(packets: ReadonlyArray<Packet>): void {
    this.socket.write(bytesOf(packets).slice())
  }

  close(): void {
    this.isClosed = true
    this.socket.close()
  }

  private read(chunk: Uint8Array, told: (packets: Array<Packet>, strange: Array<Strange>) => void): void {
    const packets: Array<Packet> = []
    const strange: Array<Strange> = []
    for (const frame of this.reader.push(chunk)) {
      const packet = readPacket(frame)
      if (packet._tag === "Strange") strange.push({ _tag: "Strange", channel: this.channel, what: packet.what })
      else packets.push(packet)
    }
    told(packets, strange)
  }
}
