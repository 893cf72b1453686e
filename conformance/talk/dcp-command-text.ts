/** What may be said to a proxy pair from outside, read from a line of a conversation. */
import type { Packet, ProducerCast, Request } from "../../spec/dcp/messages.ts"
import type { CallId, VBucket } from "../../spec/ids.ts"
import { Fields, parseCast, parsePackets, vbucketOf, WordError } from "./dcp-packet-text.ts"

export type KvSocket = "kv-consumer" | "kv-producer"

/** Something that reaches the pair from outside. */
export type DcpInput =
  | { readonly _tag: "Call"; readonly call: CallId; readonly request: Request }
  /** One chunk of the socket. */
  | { readonly _tag: "FromKv"; readonly socket: KvSocket; readonly packets: ReadonlyArray<Packet> }
  /** A cast put into the consumer connection's mailbox by hand, where that connection alone is under test. */
  | { readonly _tag: "Cast"; readonly cast: ProducerCast }
  /** The far end closes its socket. */
  | { readonly _tag: "Close"; readonly socket: KvSocket }
  /** A fresh pair takes the place of a dead one. */
  | { readonly _tag: "Reconnect" }

/** `WhoWaits` asks the conversation itself which calls were neither answered nor ended by an exit. */
export type DcpCommand = DcpInput | { readonly _tag: "WhoWaits" }

const commands = [
  "setup-streams caller=c1 vbuckets=[5]",
  "maybe-close-stream caller=c1 vb=5",
  "takeover caller=c1 vb=5",
  "shut-connection caller=c1",
  "get-partitions caller=c1",
  "from kv-consumer: PACKET | PACKET",
  "from kv-producer: PACKET | PACKET",
  "from producer-connection: CAST",
  "close kv-consumer",
  "close kv-producer",
  "reconnect",
  "who-waits"
] as const

const requests: Readonly<Record<string, (fields: Fields) => Request>> = {
  "setup-streams": (fields) => ({ _tag: "SetupStreams", vbuckets: vbucketsOf(fields.take("vbuckets")) }),
  "maybe-close-stream": (fields) => ({ _tag: "MaybeCloseStream", vbucket: vbucketOf(fields.take("vb")) }),
  takeover: (fields) => ({ _tag: "Takeover", vbucket: vbucketOf(fields.take("vb")) }),
  "shut-connection": () => ({ _tag: "ShutConnection" }),
  "get-partitions": () => ({ _tag: "GetPartitions" })
}

const vbucketsOf = (text: string): ReadonlyArray<VBucket> => {
  const [, inner] = /^\[(.*)\]$/.exec(text) ?? []
  if (inner === undefined) throw new WordError(`vbuckets are a list such as [0,5], not "${text}"`)
  return inner === "" ? [] : inner.split(",").map(vbucketOf)
}

/** A command from its line. Throws `WordError`. */
export const parseCommand = (line: string): DcpCommand => {
  const [, from, said] = /^from ([^ :]+): *(.*)$/.exec(line) ?? []
  if (from === "kv-consumer" || from === "kv-producer")
    return { _tag: "FromKv", socket: from, packets: parsePackets(said ?? "") }
  if (from === "producer-connection") return { _tag: "Cast", cast: parseCast(said ?? "") }
  if (line === "close kv-consumer") return { _tag: "Close", socket: "kv-consumer" }
  if (line === "close kv-producer") return { _tag: "Close", socket: "kv-producer" }
  if (line === "reconnect") return { _tag: "Reconnect" }
  if (line === "who-waits") return { _tag: "WhoWaits" }
  const [name = "", ...words] = line.replace(/, +/g, ",").split(/ +/)
  const requestOf = requests[name]
  if (requestOf === undefined)
    throw new WordError(`"${line}" is no command; there is\n${commands.map((known) => `  ${known}`).join("\n")}`)
  const fields = new Fields(name, words)
  const call = fields.take("caller") as CallId
  const request = requestOf(fields)
  fields.done()
  return { _tag: "Call", call, request }
}
