/** Packets and casts of DCP read from the words in which `conformance/report/dcp-words.ts` tells them. */
import type { Packet, ProducerCast } from "../../spec/dcp/messages.ts"
import type { Opaque, Status, VBucket } from "../../spec/ids.ts"
import { endReasonName, statusName, vbucketStateName } from "../report/dcp-names.ts"

/** Words that are none of the protocol's. The reader of the file adds where. */
export class WordError extends Error {
  override readonly name = "WordError"
}

/** The inverse of a naming, over every number that the field can hold. */
const numbersByName = (count: number, name: (number: number) => string): ReadonlyMap<string, number> =>
  new Map(Array.from({ length: count }, (_, number) => [name(number), number]))

const statuses = numbersByName(0x10000, (code) => statusName(code as Status))
const reasons = numbersByName(0x100, endReasonName)
const states = numbersByName(0x100, vbucketStateName)

const named = (numbers: ReadonlyMap<string, number>, what: string, name: string): number => {
  const number = numbers.get(name)
  if (number === undefined) throw new WordError(`"${name}" is no ${what}`)
  return number
}

export const statusOf = (name: string): Status => named(statuses, "status", name) as Status

const numberOf = (text: string, limit: number, what: string): number => {
  const number = /^(0x[0-9a-f]+|[0-9]+)$/.test(text) ? Number(text) : Number.NaN
  if (!(number < limit)) throw new WordError(`"${text}" is no ${what}`)
  return number
}

export const vbucketOf = (text: string): VBucket => numberOf(text, 0x10000, "vBucket") as VBucket
export const opaqueOf = (text: string): Opaque => numberOf(text, 0x100000000, "opaque") as Opaque

/** The `name=value` words of a line. Each must be asked for, and none may be left over. */
export class Fields {
  readonly #what: string
  readonly #values: Map<string, string>

  constructor(what: string, words: ReadonlyArray<string>) {
    this.#what = what
    this.#values = new Map()
    for (const word of words) {
      const at = word.indexOf("=")
      if (at < 1) throw new WordError(`${what} has no use for "${word}": its fields are name=value`)
      if (this.#values.has(word.slice(0, at))) throw new WordError(`${what} names ${word.slice(0, at)} twice`)
      this.#values.set(word.slice(0, at), word.slice(at + 1))
    }
  }

  take(name: string): string {
    const value = this.takeIfThere(name)
    if (value === undefined) throw new WordError(`${this.#what} lacks ${name}=`)
    return value
  }

  takeIfThere(name: string): string | undefined {
    const value = this.#values.get(name)
    this.#values.delete(name)
    return value
  }

  done(): void {
    const [left] = this.#values.keys()
    if (left !== undefined) throw new WordError(`${this.#what} has no field ${left}=`)
  }
}

const opaque = (fields: Fields) => ({ opaque: opaqueOf(fields.take("opaque")) })
const stream = (fields: Fields) => ({ vbucket: vbucketOf(fields.take("vb")), ...opaque(fields) })
const takeover = (fields: Fields): boolean => {
  const flags = fields.takeIfThere("flags") ?? "0"
  if (flags !== "0" && flags !== "1") throw new WordError(`flags are 0, or 1 for a takeover, not "${flags}"`)
  return flags === "1"
}
const reason = (fields: Fields) => ({ reason: named(reasons, "reason of a stream end", fields.take("status")) })
const state = (fields: Fields) => ({ state: named(states, "vBucket state", fields.take("state")) })

const requests: Readonly<Record<string, (fields: Fields) => Packet>> = {
  ADD_STREAM: (fields) => ({ _tag: "AddStream", ...stream(fields), takeover: takeover(fields) }),
  CLOSE_STREAM: (fields) => ({ _tag: "CloseStream", ...stream(fields) }),
  STREAM_REQ: (fields) => ({
    _tag: "StreamRequest",
    ...stream(fields),
    ...(takeover(fields) ? { takeover: true } : {})
  }),
  STREAM_END: (fields) => ({ _tag: "StreamEnd", ...stream(fields), ...reason(fields) }),
  SET_VBUCKET_STATE: (fields) => ({ _tag: "SetVBucketState", ...stream(fields), ...state(fields) }),
  SNAPSHOT_MARKER: (fields) => ({ _tag: "SnapshotMarker", ...stream(fields) }),
  MUTATION: (fields) => ({ _tag: "Mutation", ...stream(fields) }),
  BUFFER_ACK: (fields) => ({ _tag: "BufferAck", ...opaque(fields) }),
  NOOP: (fields) => ({ _tag: "Noop", ...opaque(fields) })
}

const responses: Readonly<Record<string, Packet["_tag"]>> = {
  ADD_STREAM: "AddStreamResponse",
  CLOSE_STREAM: "CloseStreamResponse",
  STREAM_REQ: "StreamRequestResponse",
  SET_VBUCKET_STATE: "SetVBucketStateResponse",
  NOOP: "NoopResponse",
  CONTROL: "ControlResponse"
}

const casts: Readonly<Record<string, (fields: Fields) => ProducerCast>> = {
  "producer-stream-closed": (fields) => ({
    _tag: "ProducerStreamClosed",
    ...opaque(fields),
    status: statusOf(fields.take("status"))
  }),
  "producer-stream-end": (fields) => ({ _tag: "ProducerStreamEnd", ...stream(fields), ...reason(fields) }),
  "set-vbucket-state": (fields) => ({ _tag: "SetVBucketStateSeen", ...stream(fields), ...state(fields) })
}

const listed = (known: Readonly<Record<string, unknown>>): string => Object.keys(known).join(", ")

const read = <A>(what: string, words: ReadonlyArray<string>, fieldsOf: (fields: Fields) => A): A => {
  const fields = new Fields(what, words)
  const value = fieldsOf(fields)
  fields.done()
  return value
}

/** A packet from its words. Throws `WordError`. */
export const parsePacket = (text: string): Packet => {
  const [name = "", ...words] = text.trim().split(/ +/)
  if (words[0] === "response") {
    const tag = responses[name]
    if (tag === undefined)
      throw new WordError(`nothing is answered by "${name} response"; there is ${listed(responses)}`)
    const status = statusOf(words[1] ?? "")
    return read(`${name} response`, words.slice(2), (fields) => ({ _tag: tag, ...opaque(fields), status }) as Packet)
  }
  if (name === "CONTROL") return control(text.trim())
  const fieldsOf = requests[name]
  if (fieldsOf === undefined) throw new WordError(`there is no packet "${name}"; there is ${listed(requests)}, CONTROL`)
  return read(name, words, fieldsOf)
}

/** `CONTROL opaque=1 enable_noop=true`: its key and value may hold anything but a line break and a bar. */
const control = (text: string): Packet => {
  const [, tag, key, value] = /^CONTROL opaque=([^ ]+) ([^=]*)=(.*)$/.exec(text) ?? []
  if (tag === undefined || key === undefined || value === undefined)
    throw new WordError("CONTROL reads: CONTROL opaque=1 key=value")
  return { _tag: "Control", opaque: opaqueOf(tag), key, value }
}

/** The packets of one chunk, separated by bars. */
export const parsePackets = (text: string): ReadonlyArray<Packet> => text.split("|").map(parsePacket)

/** What the producer connection tells, from its words. Throws `WordError`. */
export const parseCast = (text: string): ProducerCast => {
  const [name = "", ...words] = text.trim().split(/ +/)
  const fieldsOf = casts[name]
  if (fieldsOf === undefined) throw new WordError(`there is no cast "${name}"; there is ${listed(casts)}`)
  return read(name, words, fieldsOf)
}
