/**
 * Cuts a stream of bytes into frames, however the stream is chunked.
 *
 * Work is linear in the bytes received: a frame inside one chunk is a view of it, and a frame across chunks is gathered
 * in a buffer that grows by doubling. Memory is bounded: a header is judged as soon as its 24 bytes are there, so no
 * more than one frame of at most 24 bytes + 20 MiB is ever held, and never more than twice what has arrived of it.
 */
import { view } from "./bytes.ts"
import type { CodecError } from "./codec-error.ts"
import { Frame, truncated } from "./frame.ts"
import { frameName, type HeaderReader, headerFault, headerLength, headerReader } from "./header.ts"

/** What one chunk completed. Frames before a fault are delivered with it, as a proxy must still act on them. */
export interface Split {
  readonly frames: readonly Frame[]
  /** Always of scope "connection". Once set, every later `push` returns it with no frames. */
  readonly error: CodecError | undefined
}

/** The splitter of one connection in one direction. */
export class FrameSplitter {
  readonly #reader: HeaderReader
  /** The beginning of a frame whose end has not arrived; the first `#filled` bytes count. */
  #partial = new Uint8Array(headerLength)
  #filled = 0
  /** Length of the frame in `#partial`, or 0 while its header is incomplete. */
  #length = 0
  /** Place in the stream of the next frame's first byte. */
  #offset = 0
  #error: CodecError | undefined

  constructor(reader: HeaderReader = headerReader) {
    this.#reader = reader
  }

  /** Bytes held back because their frame is incomplete. */
  get buffered(): number {
    return this.#filled
  }

  /** Takes the next chunk, which must not be written to afterwards, and returns the frames it completes, in order. */
  push(chunk: Uint8Array): Split {
    const frames: Frame[] = []
    let at = this.#filled > 0 ? this.#completePartial(chunk, frames) : 0
    while (this.#error === undefined && chunk.length - at >= headerLength) {
      this.#error = headerFault(chunk, at, this.#offset, this.#reader)
      if (this.#error !== undefined) break
      const length = this.#reader.frameLength(chunk, at)
      if (chunk.length - at < length) break
      frames.push(new Frame(view(chunk, at, at + length), this.#offset, this.#reader))
      this.#offset += length
      at += length
    }
    if (this.#error === undefined) this.#gather(chunk, at, chunk.length)
    else this.#release()
    return { frames, error: this.#error }
  }

  /** Declares the stream closed by the peer; a fault if that cut a frame in two, or the fault met before. */
  end(): CodecError | undefined {
    if (this.#error !== undefined || this.#filled === 0) return this.#error
    const known = this.#filled >= headerLength
    const subject = known ? frameName(this.#partial[0]!, this.#partial[1]!) : "frame"
    const expected = known ? `${this.#length}` : `at least ${headerLength}`
    this.#error = truncated(subject, this.#offset, expected, `${this.#filled} when the connection closed`)
    this.#release()
    return this.#error
  }

  /** Feeds the frame begun by earlier chunks; returns how much of the chunk it took. */
  #completePartial(chunk: Uint8Array, frames: Frame[]): number {
    let at = 0
    if (this.#length === 0) {
      at = Math.min(headerLength - this.#filled, chunk.length)
      this.#gather(chunk, 0, at)
      if (this.#length === 0) return at
    }
    const end = Math.min(chunk.length, at + this.#length - this.#filled)
    this.#gather(chunk, at, end)
    if (this.#filled === this.#length) {
      frames.push(new Frame(this.#partial, this.#offset, this.#reader))
      this.#offset += this.#length
      this.#release()
    }
    return end
  }

  /** Appends part of a chunk to the partial frame, and judges the header once it is whole. */
  #gather(chunk: Uint8Array, start: number, end: number): void {
    if (start === end) return
    const filled = this.#filled + end - start
    if (filled > this.#partial.length) this.#grow(filled)
    // Byte by byte below 24, where setting up a copy would cost more than the copy.
    if (end - start < headerLength)
      for (let i = start; i < end; i++) this.#partial[this.#filled + i - start] = chunk[i]!
    else this.#partial.set(view(chunk, start, end), this.#filled)
    this.#filled = filled
    if (this.#length === 0 && filled >= headerLength) {
      this.#error = headerFault(this.#partial, 0, this.#offset, this.#reader)
      if (this.#error === undefined) this.#length = this.#reader.frameLength(this.#partial, 0)
    }
  }

  /** Makes room for `needed` bytes: double, but never past the frame's end, so that a full buffer is the frame. */
  #grow(needed: number): void {
    const limit = this.#length === 0 ? needed : this.#length
    const grown = new Uint8Array(Math.min(limit, Math.max(needed, 2 * this.#partial.length)))
    grown.set(this.#partial)
    this.#partial = grown
  }

  #release(): void {
    this.#partial = new Uint8Array(headerLength)
    this.#filled = 0
    this.#length = 0
  }
}
