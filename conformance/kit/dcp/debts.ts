/** What kv owes a consumer connection, as the connection's own outputs and kv's inputs to it tell. */
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import type { ConsumerInput, ConsumerOutput, Packet, ProducerCast } from "../../../spec/dcp/messages.ts"
import type { Opaque, VBucket } from "../../../spec/ids.ts"

/** By client opaque where kv answers by that. */
export interface Debts {
  readonly adds: ReadonlyArray<{ readonly vbucket: VBucket; readonly opaque: Opaque }>
  readonly closes: ReadonlyArray<Opaque>
  /** Streams that the producer was told to close. */
  readonly producerCloses: ReadonlyArray<VBucket>
  /** Streams that the kv consumer has asked its producer for. */
  readonly streams: ReadonlyArray<{ readonly vbucket: VBucket; readonly opaque: Opaque }>
}

export const noDebts: Debts = { adds: [], closes: [], producerCloses: [], streams: [] }

export const owed = (debts: Debts, label: DcpLabel): Debts =>
  label._tag === "ConsumerStep" ? label.outputs.reduce(asked, given(debts, label.input)) : debts

const asked = (debts: Debts, output: ConsumerOutput): Debts => {
  if (output._tag === "CastCloseStream") return { ...debts, producerCloses: [...debts.producerCloses, output.vbucket] }
  if (output._tag !== "SendKvConsumer") return debts
  const { packet } = output
  if (packet._tag === "AddStream") {
    const { vbucket, opaque } = packet
    return { ...debts, adds: [...debts.adds, { vbucket, opaque }] }
  }
  return packet._tag === "CloseStream" ? { ...debts, closes: [...debts.closes, packet.opaque] } : debts
}

const given = (debts: Debts, input: ConsumerInput): Debts => {
  if (input._tag === "FromKvConsumer") return input.packets.reduce(answered, debts)
  if (input._tag !== "FromProducerConnection") return debts
  const { cast } = input
  if (cast._tag === "ProducerStreamEnd")
    return { ...debts, streams: debts.streams.filter(({ opaque }) => opaque !== cast.opaque) }
  if (cast._tag !== "ProducerStreamClosed") return debts
  return { ...debts, producerCloses: debts.producerCloses.filter((vbucket) => !isFor(vbucket, cast.opaque)) }
}

const answered = (debts: Debts, packet: Packet): Debts => {
  switch (packet._tag) {
    case "StreamRequest":
      return { ...debts, streams: [...debts.streams, { vbucket: packet.vbucket, opaque: packet.opaque }] }
    case "AddStreamResponse":
      return { ...debts, adds: debts.adds.filter(({ opaque }) => opaque !== packet.opaque) }
    case "CloseStreamResponse":
      return { ...debts, closes: debts.closes.filter((opaque) => opaque !== packet.opaque) }
    default:
      return debts
  }
}

/** A request of the proxy's has its vBucket as its opaque. */
const isFor = (vbucket: VBucket, opaque: Opaque): boolean => (vbucket as number) === (opaque as number)

/** Whether an input is something that kv owes, or that concerns a stream which it has asked for. */
export const pays = (debts: Debts, input: ConsumerInput): boolean => {
  if (input._tag === "FromKvConsumer")
    return input.packets.length === 1 && input.packets.every((one) => owes(debts, one))
  return input._tag === "FromProducerConnection" && tells(debts, input.cast)
}

const owes = ({ adds, closes, streams }: Debts, packet: Packet): boolean => {
  switch (packet._tag) {
    case "AddStreamResponse":
      return adds.some(({ opaque }) => opaque === packet.opaque)
    case "CloseStreamResponse":
      return closes.includes(packet.opaque)
    case "StreamRequest":
      return (
        adds.some(({ vbucket }) => vbucket === packet.vbucket) &&
        !streams.some(({ vbucket }) => vbucket === packet.vbucket)
      )
    case "SetVBucketStateResponse":
      return streams.some(({ opaque }) => opaque === packet.opaque)
    default:
      return false
  }
}

const tells = ({ producerCloses, streams }: Debts, cast: ProducerCast): boolean =>
  cast._tag === "ProducerStreamClosed"
    ? producerCloses.some((vbucket) => isFor(vbucket, cast.opaque))
    : streams.some(({ vbucket, opaque }) => vbucket === cast.vbucket && opaque === cast.opaque)
