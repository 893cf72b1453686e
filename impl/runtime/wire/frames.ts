/** Frames on a byte stream: four bytes of length, the most significant first, then so many bytes of JSON in UTF-8. */

/** The longest body that is sent or taken. Rows that need more are sent in several requests. */
export const maxFrameBytes = 1 << 20

const headerBytes = 4

/** Why bytes are no frame, or a value does not fit into one. */
export class FrameError extends Error {
  override readonly name = "FrameError"
}

/** The bytes of one frame. Throws `FrameError` if the value needs more than a frame may hold. */
export function encodeFrame(value: unknown): Uint8Array {
  const body = Buffer.from(JSON.stringify(value), "utf8")
  if (body.length > maxFrameBytes) throw tooLong(body.length)
  const frame = Buffer.allocUnsafe(headerBytes + body.length)
  frame.writeUInt32BE(body.length, 0)
  body.copy(frame, headerBytes)
  return frame
}

/** What a chunk completed: the values of whole frames, and why nothing can be read after them if so. */
export interface ReadFrames {
  readonly values: ReadonlyArray<unknown>
  readonly error?: FrameError
}

/** Cuts a byte stream into frames. It never holds more than one frame and one chunk. */
export class FrameReader {
  readonly #text = new TextDecoder("utf-8", { fatal: true })
  #chunks: Uint8Array[] = []
  #held = 0

  push(chunk: Uint8Array): ReadFrames {
    this.#chunks.push(chunk)
    this.#held += chunk.length
    // Joined only once there is enough, so that a frame in a thousand pieces is not copied a thousand times.
    if (this.#held < headerBytes) return { values: [] }
    if (this.#chunks.length > 1 && this.#held < headerBytes + this.#firstLength()) return { values: [] }
    return this.#cut(Buffer.concat(this.#chunks))
  }

  #cut(bytes: Buffer): ReadFrames {
    const values: unknown[] = []
    let at = 0
    try {
      while (bytes.length - at >= headerBytes) {
        const length = bytes.readUInt32BE(at)
        if (length > maxFrameBytes) throw tooLong(length)
        const end = at + headerBytes + length
        if (bytes.length < end) break
        values.push(this.#value(bytes.subarray(at + headerBytes, end)))
        at = end
      }
    } catch (error) {
      if (error instanceof FrameError) return { values, error }
      throw error
    }
    // A copy, so that a few bytes left over do not keep a large chunk alive.
    this.#chunks = at === bytes.length ? [] : [Buffer.from(bytes.subarray(at))]
    this.#held = bytes.length - at
    return { values }
  }

  /** The length of the frame whose header is held, not more than one that would be refused. */
  #firstLength(): number {
    const [first = new Uint8Array(0)] = this.#chunks
    if (first.length < headerBytes) this.#chunks = [Buffer.concat(this.#chunks)]
    const header = Buffer.from(this.#chunks[0]!.subarray(0, headerBytes))
    const length = header.readUInt32BE(0)
    return length > maxFrameBytes ? 0 : length
  }

  #value(body: Uint8Array): unknown {
    try {
      return JSON.parse(this.#text.decode(body))
    } catch {
      throw new FrameError(`a frame of ${body.length} bytes is not JSON in UTF-8`)
    }
  }
}

function tooLong(length: number): FrameError {
  return new FrameError(`a frame of ${length} bytes is longer than the ${maxFrameBytes} bytes allowed`)
}
