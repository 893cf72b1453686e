/** A memcached end on loopback TCP, as far as a DCP proxy needs one: it shakes hands, and then says what it is told to. */
import { createServer, type Server, type Socket } from "node:net"
import type { Packet } from "../../../spec/dcp/messages.ts"
import type { Opaque } from "../../../spec/ids.ts"
import { FrameReader, type RawFrame, readPacket, type StrangeFrame, writeFrame, writePackets } from "./frames.ts"

/** Requests of the handshake. Source: dossier 1.1 and 4.2. */
const opcodes = { hello: 0x1f, sasl: 0x21, selectBucket: 0x89, dcpOpen: 0x50 } as const

/** NOOPs with an opaque from here on are the kit's own markers. No model sends any. */
const firstMarker = 0xf000_0000

/** One end: a server for one connection. */
export class KvEnd {
  private readonly server: Server
  private readonly reader = new FrameReader()
  private socket: Socket | undefined
  private isOpen = false
  private seen: Array<Packet | StrangeFrame> = []
  private readonly markers = new Map<number, () => void>()
  /** Resolves when the connection is over, whoever closed it. */
  readonly closed: Promise<void>
  isClosed = false
  private over: () => void = () => undefined

  private constructor() {
    this.closed = new Promise((resolve) => {
      this.over = () => {
        this.isClosed = true
        resolve()
      }
    })
    this.server = createServer((socket) => this.accept(socket))
  }

  /** An end that waits for its one connection. */
  static listen(): Promise<KvEnd> {
    const end = new KvEnd()
    return new Promise((resolve, reject) => {
      end.server.once("error", reject)
      end.server.listen(0, "127.0.0.1", () => resolve(end))
    })
  }

  get port(): number {
    const address = this.server.address()
    if (address === null || typeof address === "string") throw new Error("the server listens on no port")
    return address.port
  }

  /** What arrived since the last time, but for markers. */
  take(): ReadonlyArray<Packet | StrangeFrame> {
    const { seen } = this
    this.seen = []
    return seen
  }

  /** Writes one chunk in one write. */
  write(packets: ReadonlyArray<Packet>): void {
    this.socket?.write(writePackets(packets))
  }

  /** Writes a marker behind everything written before. */
  writeMarker(number: number): void {
    this.write([{ _tag: "Noop", opaque: (firstMarker + number) as Opaque }])
  }

  /** Resolves when a marker that was written at the other end has come through. */
  marker(number: number): Promise<void> {
    return new Promise((resolve) => this.markers.set(firstMarker + number, resolve))
  }

  /** Closes the connection from this side. */
  close(): void {
    this.socket?.destroy()
  }

  /** Lets go of the connection and of the port. */
  stop(): void {
    this.close()
    this.server.close()
  }

  private accept(socket: Socket): void {
    // A second connection would be a second replicator, and nobody plays its kv.
    if (this.socket !== undefined) {
      socket.destroy()
      return
    }
    this.socket = socket
    socket.setNoDelay(true)
    socket.on("data", (chunk) => {
      for (const frame of this.reader.push(chunk)) this.frame(frame)
    })
    // A reset is a close like any other; the close event follows.
    socket.on("error", () => undefined)
    socket.on("close", this.over)
  }

  private frame(frame: RawFrame): void {
    if (!this.isOpen) {
      this.shakeHands(frame)
      return
    }
    const packet = readPacket(frame)
    const arrived = packet._tag === "Noop" ? this.markers.get(packet.opaque) : undefined
    if (arrived === undefined) this.seen.push(packet)
    else {
      this.markers.delete(frame.opaque)
      arrived()
    }
  }

  /** Says yes to everything. HELO is answered with the features that were asked for. */
  private shakeHands({ opcode, opaque, body }: RawFrame): void {
    const value = opcode === opcodes.hello ? body.value : new Uint8Array(0)
    const known = Object.values(opcodes).some((other) => other === opcode)
    const status = known ? 0x00 : 0x81
    this.socket?.write(
      writeFrame(0x81, opcode, status, opaque, { extras: new Uint8Array(0), key: new Uint8Array(0), value })
    )
    if (opcode === opcodes.dcpOpen) this.isOpen = true
  }
}
