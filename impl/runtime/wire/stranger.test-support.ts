import { connect } from "node:net"
import type { Address } from "./address.ts"
import { encodeFrame, FrameReader } from "./frames.ts"

/** What a stranger heard back before the other end closed the connection. */
export interface Heard {
  readonly bodies: ReadonlyArray<unknown>
}

/** The bytes of a frame whose body is a value, as an honest sender would write them. */
export const honest = (body: unknown): Uint8Array => encodeFrame({ clock: 1, body })

/** A frame's header that promises so many bytes. */
export const header = (length: number): Uint8Array => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(length)
  return bytes
}

/** A frame around bytes that may be anything. */
export const framed = (text: string): Uint8Array => Buffer.concat([header(Buffer.byteLength(text)), Buffer.from(text)])

/** Connects, says something, and listens until it is refused, the connection is closed, or it has heard so many frames. */
export function stranger(
  address: Address,
  bytes: ReadonlyArray<Uint8Array>,
  frames = Number.POSITIVE_INFINITY
): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const reader = new FrameReader()
    const bodies: unknown[] = []
    const socket = connect(address.port, address.host)
    socket.on("data", (chunk) => {
      for (const value of reader.push(chunk).values) bodies.push((value as { readonly body: unknown }).body)
      if (bodies.length >= frames || isRefusal(bodies.at(-1))) socket.end()
    })
    socket.on("error", reject)
    socket.on("close", () => resolve({ bodies }))
    socket.write(Buffer.concat(bytes))
  })
}

const isRefusal = (body: unknown): boolean =>
  typeof body === "object" && body !== null && "_tag" in body && body._tag === "Rejected"
