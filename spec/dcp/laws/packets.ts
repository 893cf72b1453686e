/** Laws about single packets and crashes: S8, S11, S14, S15, S18, S19, L7. */
import { history, nothing } from "../../law.ts"
import { ledger, packetReceived, received } from "../follow.ts"
import type { DcpLabel } from "../labels.ts"
import { inSetup, isCurrentEnd, type Ledger, nothingOwed, streamOf } from "../ledger.ts"
import type { ConsumerOutput, Packet } from "../messages.ts"

const crashOf = (label: DcpLabel) =>
  label._tag === "ConsumerStep"
    ? label.outputs.find((output): output is Extract<ConsumerOutput, { _tag: "Crash" }> => output._tag === "Crash")
    : undefined

/** Each packet of a chunk with the ledger as it stood when the packet's turn came. A call that is done is over for the rest of the chunk. */
const turns = (before: Ledger, packets: ReadonlyArray<Packet>): ReadonlyArray<readonly [Ledger, Packet]> => {
  let at = before
  return packets.map((packet) => {
    const turn = [at, packet] as const
    at = settled(packetReceived(at, packet))
    return turn
  })
}

const settled = (at: Ledger): Ledger => {
  const operation = at.operation
  if (operation === null) return at
  const done =
    operation.request._tag === "Takeover"
      ? (operation.acknowledged && operation.active) || operation.failures.length > 0
      : nothingOwed(at)
  return done ? { ...at, operation: null, shut: operation.request._tag === "ShutConnection" } : at
}

export const S8 = history("DCP-S8", {
  sentence: "A response that nobody waits for changes nothing: the connection is out of sync and crashes.",
  source: "dossier dcp 5, S8 and agreement (iv) of the review; MB-10779",
  reading: "During a set-up, close or shut, and for ADD_STREAM responses during an unacknowledged takeover.",
  follows: ledger,
  breaks: (before, label) => {
    if (label._tag !== "ConsumerStep" || label.input._tag !== "FromKvConsumer") return undefined
    const stray = turns(before, label.input.packets).find(([at, packet]) => isStray(at, packet))
    if (stray === undefined || crashOf(label)?.reason._tag === "UnrecognizedOpaque") return undefined
    return crashOf(label) === undefined ? "took a response that nobody waited for, and went on" : undefined
  }
})

const isStray = (at: Ledger, packet: Packet): boolean => {
  if (packet._tag === "AddStreamResponse") {
    const takeover = at.operation?.request._tag === "Takeover" && !at.operation.acknowledged
    const awaited: ReadonlyArray<number> = [...at.owed.add, ...at.owed.late]
    return (inSetup(at) || takeover) && !awaited.includes(packet.opaque)
  }
  return packet._tag === "CloseStreamResponse" && inSetup(at) && !at.owed.close.includes(packet.opaque as never)
}

export const S11 = history("DCP-S11", {
  sentence:
    "No spurious crash: a crash for an unexpected stream end means that the end is current and its ADD_STREAM unanswered.",
  source: "dossier dcp 5, S11",
  follows: ledger,
  breaks: (before, label) => {
    const crash = crashOf(label)
    if (crash?.reason._tag !== "UnexpectedStreamEnd" || label._tag !== "ConsumerStep") return undefined
    const cast = label.input._tag === "FromProducerConnection" ? label.input.cast : undefined
    if (cast?._tag !== "ProducerStreamEnd") return "crashed for a stream end that did not come"
    if (!isCurrentEnd(before, cast)) return `crashed for a stale end of stream ${cast.vbucket}`
    return streamOf(before, cast.vbucket)?.phase === "adding"
      ? undefined
      : `crashed for the end of stream ${cast.vbucket}, which was acknowledged`
  }
})

export const S20 = history("DCP-S20", {
  sentence:
    "No crash without a cause: a connection dies of its socket, of an order, of what it cannot make sense of, or of a current end.",
  source: "added here for dossier dcp 2.3 and M23; ns_server dcp_consumer_conn.erl handle_cast producer_stream_closed",
  follows: ledger,
  breaks: (before, label) => {
    const crash = crashOf(label)
    if (crash === undefined || label._tag !== "ConsumerStep") return undefined
    if (crash.reason._tag === "BadArgument") return "crashed in a log call"
    if (crash.reason._tag !== "UnrecognizedOpaque") return undefined
    const packets = label.input._tag === "FromKvConsumer" ? label.input.packets : []
    const strayed = turns(before, packets).some(([at, packet]) => isStray(at, packet))
    const cast = label.input._tag === "FromProducerConnection" ? label.input.cast : undefined
    const closed = cast?._tag === "ProducerStreamClosed" && !before.owed.closeOnProducer.includes(cast.opaque as never)
    return strayed || closed ? undefined : "crashed for a response that was awaited"
  }
})

export const S14 = history("DCP-S14", {
  sentence:
    "The proxy is transparent: what it forwards is what it received, in order and unmodified, but for the answers to its own requests.",
  source: "dossier dcp 5, S14; 2.2 and 2.4",
  follows: ledger,
  breaks: (before, label) => {
    if (crashOf(label) !== undefined) return undefined
    if (label._tag === "ConsumerStep") {
      const packets = label.input._tag === "FromKvConsumer" ? label.input.packets : []
      const due = turns(before, packets).flatMap(([at, packet]) => (isOwn(at, packet) ? [] : [packet]))
      return differ(
        due,
        label.outputs.flatMap((output) => (output._tag === "ForwardKvProducer" ? output.packets : []))
      )
    }
    if (label._tag === "ProducerStep") {
      if (label.outputs.some((output) => output._tag === "Crash")) return undefined
      const packets = label.input._tag === "FromKvProducer" ? label.input.packets : []
      const due = packets.filter((packet) => packet._tag !== "CloseStreamResponse")
      return differ(
        due,
        label.outputs.flatMap((output) => (output._tag === "ForwardKvConsumer" ? output.packets : []))
      )
    }
    return undefined
  }
})

const isOwn = (at: Ledger, packet: Packet): boolean => {
  if (at.shut) return true
  if (packet._tag === "CloseStreamResponse") return inSetup(at)
  if (packet._tag !== "AddStreamResponse") return false
  return inSetup(at) || (at.operation?.request._tag === "Takeover" && !at.operation.acknowledged)
}

const differ = (due: ReadonlyArray<Packet>, forwarded: ReadonlyArray<Packet>): string | undefined => {
  const [want, got] = [due.map((packet) => JSON.stringify(packet)), forwarded.map((packet) => JSON.stringify(packet))]
  if (want.join() === got.join()) return undefined
  const at = want.findIndex((text, position) => text !== got[position])
  const place = at < 0 ? want.length : at
  return `forwards ${forwarded[place]?._tag ?? "nothing"} where ${due[place]?._tag ?? "nothing"} is due`
}

export const S15 = history("DCP-S15", {
  sentence:
    "Once a chunk made the connection crash, nothing of that chunk is forwarded and no later packet is looked at.",
  source: "dossier dcp 5, S15; ns_server dcp_proxy.erl process_data",
  follows: ledger,
  breaks: (before, label) => {
    if (label._tag !== "ConsumerStep") return undefined
    if (!before.alive) return "the connection does something after its crash"
    const forwards = label.outputs.some((output) => output._tag === "ForwardKvProducer")
    return crashOf(label) !== undefined && forwards ? "crashed, and yet forwarded part of the chunk" : undefined
  }
})

export const S18 = history<DcpLabel, null>("DCP-S18", {
  sentence: "Decoding and encoding again gives the same bytes, and a frame is as long as its header tells.",
  source: "dossier dcp 5, S18; 4.1",
  follows: nothing,
  breaks: (_, label) => {
    if (label._tag !== "Recoded") return undefined
    if (label.original !== label.again) return `${label.original} became ${label.again}`
    const length = label.original.length / 2
    return length === label.declared ? undefined : `the header tells ${label.declared} bytes, the frame has ${length}`
  }
})

export const S19 = history("DCP-S19", {
  sentence: "What a caller sees does not depend on whether a stream's failing response or its end comes first.",
  source: "dossier dcp 5, S19; review 2022-10-05; 6.2 T3 and T4",
  reading:
    "A response first always leads to an answer, so a crash for an end that comes first breaks it. No crash policy can satisfy this law; it gives way.",
  follows: ledger,
  breaks: (before, label) => {
    if (label._tag !== "ConsumerStep" || crashOf(label)?.reason._tag !== "UnexpectedStreamEnd") return undefined
    return inSetup(received(before, label.input, []))
      ? "exits for an end that came first; had the response failed first, the caller had been answered"
      : undefined
  }
})

export const L7 = history("DCP-L7", {
  sentence:
    "When a stream ends before it is acknowledged, the caller learns it at once and does not wait for the other streams.",
  source: "dossier dcp 5, L7; 6.2 T6",
  reading: "Bounded detection is a safety law: the step that takes the end also answers, or crashes.",
  follows: ledger,
  breaks: (before, label, after) => {
    if (label._tag !== "ConsumerStep" || label.input._tag !== "FromProducerConnection" || !inSetup(before))
      return undefined
    const cast = label.input.cast
    if (cast._tag !== "ProducerStreamEnd" || !isCurrentEnd(before, cast)) return undefined
    if (streamOf(before, cast.vbucket)?.phase !== "adding" || !before.operation?.wanted.includes(cast.vbucket))
      return undefined
    return crashOf(label) === undefined && after.operation !== null
      ? `stream ${cast.vbucket} ended unacknowledged, and the caller is left waiting`
      : undefined
  }
})
