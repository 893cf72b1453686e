import type { Clock } from "../../runtime/clock.ts"
import type { CodecError, Message } from "../mcbp/index.ts"
import type { CloseReason } from "./close-reason.ts"

/** Seen from the endpoint that keeps the transcript. */
export type Direction = "received" | "sent"

/** When and where: entries are numbered from 0 over all connections of an endpoint, and no number is used twice. */
export interface Stamp {
  readonly sequence: number
  /** Milliseconds on the endpoint's clock. */
  readonly at: number
  readonly connection: number
}

/** What happened. Bytes are copies and never written to again. */
export type Happening =
  | { readonly _tag: "Opened" }
  | { readonly _tag: "Packet"; readonly direction: Direction; readonly message: Message; readonly bytes: Uint8Array }
  /** Bytes that are no message: from the peer, with their fault, or sent on purpose. */
  | {
      readonly _tag: "Unreadable"
      readonly direction: Direction
      readonly bytes: Uint8Array
      readonly fault: CodecError | undefined
    }
  /** A misbehaviour that was switched on made a difference. */
  | { readonly _tag: "Misbehaved"; readonly name: string; readonly vbucket: number | undefined }
  | { readonly _tag: "Closed"; readonly reason: CloseReason }

/** One line of a transcript. */
export type Entry = Stamp & Happening

interface Waiter {
  readonly wanted: (entry: Entry) => boolean
  readonly resolve: (entry: Entry) => void
}

/** What an entry costs beside its bytes, roughly. */
const entryOverhead = 200

/**
 * Everything an endpoint received, sent and did, in order, with the raw bytes.
 *
 * Memory is bounded: beyond `limit` bytes the oldest entries are forgotten, and `forgotten` says how many.
 */
export class Transcript {
  readonly #clock: Clock
  readonly #limit: number
  readonly #entries: Entry[] = []
  #waiters: Waiter[] = []
  #bytes = 0
  #next = 0

  constructor(clock: Clock, limit: number) {
    this.#clock = clock
    this.#limit = limit
  }

  /** What is remembered, oldest first. */
  get entries(): readonly Entry[] {
    return this.#entries
  }

  /** The number that the next entry will have: a mark to give to `until`. */
  get next(): number {
    return this.#next
  }

  get forgotten(): number {
    return this.#next - this.#entries.length
  }

  /** Writes one line. */
  add(connection: number, happening: Happening): void {
    const entry: Entry = { ...happening, connection, sequence: this.#next, at: this.#clock.now() }
    this.#next += 1
    this.#entries.push(entry)
    this.#bytes += cost(entry)
    if (this.#bytes > this.#limit) this.#forget()
    const waiters = this.#waiters
    this.#waiters = []
    for (const waiter of waiters) {
      if (waiter.wanted(entry)) waiter.resolve(entry)
      else this.#waiters.push(waiter)
    }
  }

  /** The first entry from number `from` on that is wanted: at once if it is there, else when it happens. */
  until(wanted: (entry: Entry) => boolean, from = 0): Promise<Entry> {
    const known = this.#entries.find((entry) => entry.sequence >= from && wanted(entry))
    if (known !== undefined) return Promise.resolve(known)
    return new Promise((resolve) => this.#waiters.push({ wanted, resolve }))
  }

  /** The messages that went one way, oldest first. */
  messages(direction: Direction): readonly Message[] {
    const messages: Message[] = []
    for (const entry of this.#entries) {
      if (entry._tag === "Packet" && entry.direction === direction) messages.push(entry.message)
    }
    return messages
  }

  /** Drops a quarter at a time, so that a long run does not move the whole array for each entry. */
  #forget(): void {
    while (this.#bytes > this.#limit && this.#entries.length > 0) {
      for (const entry of this.#entries.splice(0, Math.ceil(this.#entries.length / 4))) this.#bytes -= cost(entry)
    }
  }
}

function cost(entry: Entry): number {
  return entryOverhead + ("bytes" in entry ? entry.bytes.length : 0)
}
