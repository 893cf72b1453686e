/** How much data a producer may have on the way: the bytes of a consumer's buffer. Source: dcp/producer.cc BufferLog. */
export class FlowControl {
  #limit = Number.POSITIVE_INFINITY
  #outstanding = 0

  /** Bytes sent and not acknowledged. */
  get outstanding(): number {
    return this.#outstanding
  }

  get maySend(): boolean {
    return this.#outstanding < this.#limit
  }

  /** Sets the size of the buffer, as CONTROL spells it; whether that is a size. */
  resize(value: string): boolean {
    const limit = Number(value)
    if (!Number.isInteger(limit) || limit < 0) return false
    // Zero switches flow control off.
    this.#limit = limit === 0 ? Number.POSITIVE_INFINITY : limit
    return true
  }

  sent(bytes: number): void {
    this.#outstanding += bytes
  }

  acknowledged(bytes: number): void {
    this.#outstanding = Math.max(0, this.#outstanding - bytes)
  }
}
